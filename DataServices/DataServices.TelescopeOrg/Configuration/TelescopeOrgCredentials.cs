namespace DataServices.TelescopeOrg;

/// <summary>User name and password. Not a record, so that nothing prints the password by accident.</summary>
public sealed class TelescopeOrgCredentials
{
    /// <exception cref="ArgumentException">One of them is empty.</exception>
    public TelescopeOrgCredentials(string user, string password)
    {
        if (string.IsNullOrWhiteSpace(user) || string.IsNullOrEmpty(password))
            throw new ArgumentException("telescope.org needs a user name and a password: put them into the configuration file or the environment.");
        (User, Password) = (user, password);
    }

    public string User { get; }

    internal string Password { get; }

    public override string ToString() => User;
}
