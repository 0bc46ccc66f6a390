using Alpaca.Astronomy;

namespace Sequencer.Core.Observing;

/// <summary>What is the same for every frame of an observatory.</summary>
public sealed record FrameContext
{
    /// <summary>Where the observatory stands.</summary>
    public required Site Site { get; init; }

    /// <summary>Root of the images, absolute.</summary>
    public required string Images { get; init; }

    /// <summary>Name of the unit: OBSERVER.</summary>
    public string UnitName { get; init; } = "Generic PANOPTES Unit";

    /// <summary>Identity of the unit in ids of frames.</summary>
    public string PanId { get; init; } = "PAN000";

    /// <summary>Local time for DATE-LOC; null leaves it out.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>ORIGIN: the project or institution.</summary>
    public string Origin { get; init; } = "Project PANOPTES";

    /// <summary>CREATOR and SWCREATE.</summary>
    public string Software { get; init; } = $"Alpaca {typeof(FrameContext).Assembly.GetName().Version?.ToString(3)}";
}
