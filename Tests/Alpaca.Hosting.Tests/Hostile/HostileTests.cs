namespace Alpaca.Hosting.Tests.Hostile;

/// <summary>
/// These tests fill the process's heap and the machine's sockets on purpose, and measure what is left afterwards: they run one at a time, with no other test beside them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostileTests
{
    public const string Name = "Hostile clients";
}
