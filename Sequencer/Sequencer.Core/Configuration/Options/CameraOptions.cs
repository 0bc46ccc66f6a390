namespace Sequencer.Core.Configuration;

/// <summary>One camera.</summary>
public sealed record CameraOptions
{
    /// <summary>Name, for example Cam00.</summary>
    public required string Name { get; init; }

    /// <summary>True for the camera that points. At most one.</summary>
    public bool Primary { get; init; }

    /// <summary>Short identity in paths and FITS headers; null makes one from the device's unique id.</summary>
    public string? Uid { get; init; }

    /// <summary>Model, for the FITS header; null takes the device's own name.</summary>
    public string? Model { get; init; }

    /// <summary>The Alpaca camera.</summary>
    public AlpacaDeviceOptions Device { get; init; } = new() { Type = "camera" };

    /// <summary>Filter wheel, or null.</summary>
    public FilterWheelOptions? FilterWheel { get; init; }

    /// <summary>Focuser, or null.</summary>
    public FocuserOptions? Focuser { get; init; }

    /// <summary>Focal length of the optics, millimetres; null when unknown (the solver then searches blindly in scale).</summary>
    public double? FocalLengthMillimetres { get; init; }

    /// <summary>Aperture of the optics, millimetres; null when unknown.</summary>
    public double? ApertureMillimetres { get; init; }

    /// <summary>Overrides <see cref="CameraDefaults.ReadoutTime"/>.</summary>
    public TimeSpan? ReadoutTime { get; init; }

    /// <summary>Overrides <see cref="CameraDefaults.Timeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Overrides <see cref="CameraDefaults.FilterType"/>.</summary>
    public string? FilterType { get; init; }

    /// <summary>Gain to set, in the camera's unit; null leaves it.</summary>
    public int? Gain { get; init; }

    /// <summary>Offset to set, in the camera's unit; null leaves it.</summary>
    public int? Offset { get; init; }

    /// <summary>Binning of both axes, 1 or more.</summary>
    public int Binning { get; init; } = 1;

    /// <summary>Cooling.</summary>
    public CoolingOptions Cooling { get; init; } = new();
}
