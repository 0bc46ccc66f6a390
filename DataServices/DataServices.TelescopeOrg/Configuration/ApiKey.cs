namespace DataServices.TelescopeOrg;

/// <summary>A key of a service. Not a record, so that nothing prints it by accident.</summary>
public sealed class ApiKey(string key)
{
    internal string Key { get; } = key;

    public override string ToString() => "(key)";
}
