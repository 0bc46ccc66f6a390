namespace DataServices.TelescopeOrg;

/// <summary>The local plate solver is not installed.</summary>
public sealed class SolverMissingException : TelescopeOrgException
{
    /// <param name="message">What to install.</param>
    /// <param name="inner">What the system said.</param>
    public SolverMissingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
