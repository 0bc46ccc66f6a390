using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>The sections of a server's file beside <c>devices</c>. A record more here is a section more in the file, its JSON schema and its check.</summary>
internal sealed record ConfigurationSections
{
    [Option("Where the server listens and what it says about itself.")]
    public ServerOptions Server { get; init; } = new();

    [Option("Where the simulated observatory stands.")]
    public SiteOptions Site { get; init; } = new();

    [Option("What the simulators have in common.")]
    public SimulationSection Simulation { get; init; } = new();

    [Option("Who may use the server, by what names and how safely.")]
    public SecuritySection Security { get; init; } = new();

    [Option("Numbers for Prometheus.")]
    public MetricsSection Metrics { get; init; } = new();

    [Option("What goes to standard error, and how.")]
    public LoggingSection Logging { get; init; } = new();
}
