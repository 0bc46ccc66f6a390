namespace DataServices.TelescopeOrg;

/// <summary>The site's API answered that it did not succeed (<c>success</c> = 0).</summary>
public sealed class TelescopeApiException : TelescopeOrgException
{
    public TelescopeApiException()
        : this("", "", "")
    {
    }

    public TelescopeApiException(string message)
        : base(message)
    {
    }

    public TelescopeApiException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <param name="module">Module of the API, for example image-engine.</param>
    /// <param name="request">Its request, for example 0-create-dl3d.</param>
    /// <param name="status">The site's own word, for example ERROR.</param>
    public TelescopeApiException(string module, string request, string status)
        : base($"telescope.org refused {module}/{request}: status \"{status}\". Look at the job or request on the site, or try later.") =>
        (Module, Request, Status) = (module, request, status);

    public string Module { get; } = "";

    public string Request { get; } = "";

    /// <summary>The site's status text.</summary>
    public string Status { get; } = "";
}
