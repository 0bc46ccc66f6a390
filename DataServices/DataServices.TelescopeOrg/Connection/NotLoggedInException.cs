namespace DataServices.TelescopeOrg;

/// <summary>The site wants a login first; caught by <see cref="SiteSession"/>, which renews the session once.</summary>
internal sealed class NotLoggedInException(string where) : Exception($"telescope.org asks for a login at {where}.");
