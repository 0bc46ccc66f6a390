namespace DataServices.TelescopeOrg;

/// <summary>The telescope.org site did not do what was asked. The message says what happened and what to do; it never holds a password or a cookie.</summary>
public class TelescopeOrgException : Exception
{
    public TelescopeOrgException()
        : this("telescope.org: error.")
    {
    }

    public TelescopeOrgException(string message)
        : base(message)
    {
    }

    public TelescopeOrgException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
