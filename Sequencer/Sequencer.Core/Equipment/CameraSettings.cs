namespace Sequencer.Core.Equipment;

/// <summary>How one camera is used.</summary>
public sealed record CameraSettings
{
    /// <summary>Name for people: <c>Cam00</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Short id that names directories and makes image ids; six characters are expected downstream.</summary>
    public required string Uid { get; init; }

    /// <summary>The camera that points the telescope.</summary>
    public bool Primary { get; init; }

    /// <summary>First estimate of the time between the end of an exposure and the image being ready.</summary>
    public TimeSpan ReadoutTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How much longer than exposure and readout an image may take before the camera counts as hung.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks at whether an image is ready.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the filter wheel may turn.</summary>
    public TimeSpan FilterTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Focal length of the optics, mm; null: what the telescope says.</summary>
    public double? FocalLengthMm { get; init; }

    /// <summary>Aperture of the optics, mm; null: what the telescope says.</summary>
    public double? ApertureMm { get; init; }

    /// <summary>How far from its set point a cooled sensor may be, degrees C.</summary>
    public double TemperatureTolerance { get; init; } = 0.5;

    /// <summary>Set point of the cooler, degrees C; null leaves the cooler as it is.</summary>
    public double? CoolTo { get; init; }

    /// <summary>Binning of both axes.</summary>
    public int Binning { get; init; } = 1;

    /// <summary>Gain as the driver counts it; null leaves it as it is.</summary>
    public int? Gain { get; init; }

    /// <summary>Offset as the driver counts it; null leaves it as it is.</summary>
    public int? Offset { get; init; }

    /// <summary>Readout mode; null leaves it as it is.</summary>
    public int? ReadoutMode { get; init; }
}
