using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>Section <c>metrics</c>: numbers for Prometheus.</summary>
internal sealed record MetricsSection
{
    [Option("Whether /metrics is there.")]
    public bool Enabled { get; init; } = true;
}
