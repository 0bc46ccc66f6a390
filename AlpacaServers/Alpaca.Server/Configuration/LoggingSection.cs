using Alpaca.Devices.Options;
using Alpaca.Server.Logging;

namespace Alpaca.Server;

/// <summary>Section <c>logging</c>: what goes to standard error, and how.</summary>
internal sealed record LoggingSection
{
    [Option("text for people, json for machines: one object per line.")]
    public LogFormat Format { get; init; } = LogFormat.Text;

    [Option("The least serious lines that are written.", Choices = ["debug", "info", "warning", "error", "none"])]
    public LogThreshold Level { get; init; } = LogThreshold.Info;
}
