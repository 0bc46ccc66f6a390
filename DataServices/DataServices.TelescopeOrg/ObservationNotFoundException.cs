namespace DataServices.TelescopeOrg;

/// <summary>The site knows no job or request of that number, or does not show it to this user.</summary>
public sealed class ObservationNotFoundException : TelescopeOrgException
{
    public ObservationNotFoundException()
        : this("telescope.org: not found.")
    {
    }

    public ObservationNotFoundException(string message)
        : base(message)
    {
    }

    public ObservationNotFoundException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
