using System.Net;

namespace DataServices.TelescopeOrg;

/// <summary>The site could not be reached, did not answer in time or answered with an HTTP error, also after the retries.</summary>
public sealed class SiteUnavailableException : TelescopeOrgException
{
    public SiteUnavailableException()
        : this("telescope.org cannot be reached.")
    {
    }

    public SiteUnavailableException(string message)
        : base(message)
    {
    }

    public SiteUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal SiteUnavailableException(string message, HttpStatusCode? status, Exception? inner = null)
        : base(message, inner) => Status = status;

    /// <summary>The HTTP status, or null when there was no answer.</summary>
    public HttpStatusCode? Status { get; }
}
