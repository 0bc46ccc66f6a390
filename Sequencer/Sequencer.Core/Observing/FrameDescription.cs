using Sequencer.Core.Equipment;
using Sequencer.Core.Pointing;
using Sequencer.Core.Scheduling;
using Sequencer.Imaging;

namespace Sequencer.Core.Observing;

/// <summary>Everything known about a frame when its header is written.</summary>
public sealed record FrameDescription
{
    public required CameraFrame Frame { get; init; }

    public required FrameName Name { get; init; }

    public required Observation Observation { get; init; }

    /// <summary>light, pointing, dark, bias or flat.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of the exposure in its block, from 1.</summary>
    public required int Number { get; init; }

    public MountReading Mount { get; init; } = new();

    public WeatherReading? Weather { get; init; }

    /// <summary>Where the frame looks, if it could be found out.</summary>
    public PlateSolution? Solution { get; init; }

    /// <summary>Stars found, if they were looked for.</summary>
    public IReadOnlyList<Star>? Stars { get; init; }
}
