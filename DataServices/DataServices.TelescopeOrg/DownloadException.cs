namespace DataServices.TelescopeOrg;

/// <summary>A file did not arrive whole, also after the retries. Nothing of it was kept.</summary>
public sealed class DownloadException : TelescopeOrgException
{
    public DownloadException()
        : this("telescope.org: a download failed.")
    {
    }

    public DownloadException(string message)
        : base(message)
    {
    }

    public DownloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
