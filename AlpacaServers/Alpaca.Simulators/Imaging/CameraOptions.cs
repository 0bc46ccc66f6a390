using Alpaca.Contract;

namespace Alpaca.Simulators.Imaging;

/// <summary>The simulated camera, and the optics it looks through.</summary>
public sealed record CameraOptions : DeviceOptions
{
    /// <summary>Pixels per row.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Rows.</summary>
    public int Height { get; init; } = 960;

    /// <summary>Edge of a pixel, micrometres.</summary>
    public double PixelSize { get; init; } = 9;

    /// <summary>Focal length, millimetres; null for the telescope's.</summary>
    public double? FocalLength { get; init; }

    /// <summary>Aperture, millimetres; null for the telescope's.</summary>
    public double? Aperture { get; init; }

    /// <summary>Angle of the sensor in the tube, degrees: turns the picture's up from the tube's towards its left. The rotator adds to it.</summary>
    public double Rotation { get; init; }

    /// <summary>Where the optical axis points beside the tube's, arcminutes towards the tube's left.</summary>
    public double BoresightLeft { get; init; }

    /// <summary>Where the optical axis points above the tube's, arcminutes.</summary>
    public double BoresightUp { get; init; }

    /// <summary>True if the light path has an odd number of mirrors, which flips the picture left to right.</summary>
    public bool IsMirrored { get; init; }

    /// <summary>True if the rotator, the filter wheel and the focuser of the observatory sit in front of this camera.</summary>
    public bool IsOnMainTrain { get; init; } = true;

    /// <summary>Full width at half maximum of a star through the optics alone, arcseconds.</summary>
    public double OpticalBlur { get; init; } = 18;

    /// <summary>Light lost in the corners, share of that in the centre.</summary>
    public double Vignetting { get; init; } = 0.25;

    /// <summary>Share of the photons in the aperture that become electrons.</summary>
    public double Throughput { get; init; } = 0.5;

    /// <summary>Monochrome, Color (three planes) or RGGB.</summary>
    public SensorType Sensor { get; init; } = SensorType.Monochrome;

    /// <summary>False for a camera that cannot keep the light out by itself: its dark frames are lit unless a cover is closed.</summary>
    public bool HasShutter { get; init; } = true;

    /// <summary>Greatest binning.</summary>
    public int MaxBin { get; init; } = 4;

    /// <summary>True if the two binnings may differ.</summary>
    public bool CanAsymmetricBin { get; init; }

    /// <summary>Full well of an unbinned pixel, electrons.</summary>
    public double FullWell { get; init; } = 50000;

    /// <summary>Read noise, electrons.</summary>
    public double ReadNoise { get; init; } = 3.5;

    /// <summary>Electrons per count at gain 0; a gain of 200 divides it by 10.</summary>
    public double ElectronsPerCount { get; init; } = 0.8;

    /// <summary>Highest gain, in tenths of a decibel.</summary>
    public int MaxGain { get; init; } = 300;

    /// <summary>Highest offset; a step is 10 counts.</summary>
    public int MaxOffset { get; init; } = 200;

    /// <summary>The offset at the start.</summary>
    public int InitialOffset { get; init; } = 50;

    /// <summary>Dark current at 20 degrees Celsius, electrons per pixel and second; it halves every 6.3 degrees.</summary>
    public double DarkCurrent { get; init; } = 0.5;

    /// <summary>Share of the pixels that are hot.</summary>
    public double HotPixels { get; init; } = 2e-4;

    /// <summary>True if there is a cooler.</summary>
    public bool HasCooler { get; init; } = true;

    /// <summary>How far below the air the cooler gets, degrees.</summary>
    public double CoolerReach { get; init; } = 40;

    /// <summary>Time to read out the sensor, seconds.</summary>
    public double ReadoutTime { get; init; } = 1.5;

    /// <summary>The longest exposure, seconds.</summary>
    public double ExposureMax { get; init; } = 3600;
}
