namespace DataServices.TelescopeOrg;

/// <summary>A folder of requests.</summary>
/// <param name="Id">1 Inbox, 2 Favourites, 3 Archive, 4 Trash, the user's own above.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Requests in it, or null when the site does not say.</param>
/// <param name="Created">When it was made, or null.</param>
public sealed record Folder(int Id, string Name, int? Count, DateTimeOffset? Created);
