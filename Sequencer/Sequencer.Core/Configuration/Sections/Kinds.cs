using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>The kinds of value that many sections use.</summary>
internal static class Kinds
{
    public static FlagKind Flag { get; } = new();

    public static TextKind Text { get; } = new();

    public static TextKind Word { get; } = new(text => string.IsNullOrWhiteSpace(text) ? "must not be empty" : null);

    public static QuantityKind Degrees(double min, double max) => new(Unit.Degree, min, max);

    public static DurationKind Seconds(double min = 0, double max = 86400) => new(Unit.Second, min, max);

    public static DurationKind Minutes(double min = 0, double max = 1440) => new(Unit.Minute, min, max);

    public static DurationKind Milliseconds(double min = 0, double max = 86_400_000) => new(Unit.Millisecond, min, max);

    public static WholeKind Port { get; } = new(1, 65535);
}
