using Alpaca.Contract;
using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Imaging;

/// <summary>The simulated camera, and the optics it looks through.</summary>
public sealed record CameraOptions : DeviceOptions
{
    [Option("Pixels per row.", Unit = "pixels", Minimum = 16, Maximum = 20000)]
    public int Width { get; init; } = 1280;

    [Option("Rows.", Unit = "pixels", Minimum = 16, Maximum = 20000)]
    public int Height { get; init; } = 960;

    [Option("Edge of a pixel.", Unit = "um", Minimum = 0.5, Maximum = 100)]
    public double PixelSize { get; init; } = 9;

    [Option("Focal length of its own optics. Not set: the telescope's.", Unit = "mm", Minimum = 5, Maximum = 100000)]
    public double? FocalLength { get; init; }

    [Option("Aperture of its own optics. Not set: the telescope's.", Unit = "mm", Minimum = 1, Maximum = 20000)]
    public double? Aperture { get; init; }

    [Option("Angle of the sensor in the tube: turns the picture's up from the tube's towards its left. The rotator adds to it.", Unit = "deg", Minimum = -360, Maximum = 360)]
    public double Rotation { get; init; }

    [Option("Where the optical axis points beside the tube's, towards the tube's left.", Unit = "arcmin", Minimum = -600, Maximum = 600, Advanced = true)]
    public double BoresightLeft { get; init; }

    [Option("Where the optical axis points above the tube's.", Unit = "arcmin", Minimum = -600, Maximum = 600, Advanced = true)]
    public double BoresightUp { get; init; }

    [Option("True if the light path has an odd number of mirrors, which flips the picture left to right.", Key = "mirrored")]
    public bool IsMirrored { get; init; }

    [Option("True if rotator, filter wheel, focuser and cover of the observatory sit in front of this camera. Not set: the first camera only.", Key = "main_train")]
    public bool? IsOnMainTrain { get; init; }

    [Option("Full width at half maximum of a star through the optics alone.", Unit = "arcsec", Minimum = 0, Maximum = 600, Advanced = true)]
    public double OpticalBlur { get; init; } = 18;

    [Option("Light lost in the corners, share of that in the centre.", Minimum = 0, Maximum = 1, Advanced = true)]
    public double Vignetting { get; init; } = 0.25;

    [Option("Share of the photons in the aperture that become electrons.", Minimum = 0, Maximum = 1, Advanced = true)]
    public double Throughput { get; init; } = 0.5;

    [Option("Monochrome, three colour planes, or a Bayer matrix.", Choices = ["mono=Monochrome", "color=Color", "rggb=RGGB"])]
    public SensorType Sensor { get; init; } = SensorType.Monochrome;

    [Option("False for a camera that cannot keep the light out by itself: its dark frames are lit unless a cover is closed.", Key = "shutter")]
    public bool HasShutter { get; init; } = true;

    [Option("Greatest binning.", Minimum = 1, Maximum = 16)]
    public int MaxBin { get; init; } = 4;

    [Option("True if the two binnings may differ.", Key = "asymmetric_bin", Advanced = true)]
    public bool CanAsymmetricBin { get; init; }

    [Option("Full well of an unbinned pixel.", Unit = "e-", Minimum = 100, Maximum = 1e7, Advanced = true)]
    public double FullWell { get; init; } = 50000;

    [Option("Read noise.", Unit = "e-", Minimum = 0, Maximum = 1000)]
    public double ReadNoise { get; init; } = 3.5;

    [Option("Electrons per count at gain 0; a gain of 200 divides it by 10.", Unit = "e-/count", Minimum = 0.001, Maximum = 1000, Advanced = true)]
    public double ElectronsPerCount { get; init; } = 0.8;

    [Option("Highest gain, in tenths of a decibel.", Minimum = 0, Maximum = 1000, Advanced = true)]
    public int MaxGain { get; init; } = 300;

    [Option("Highest offset; a step is 10 counts.", Minimum = 0, Maximum = 10000, Advanced = true)]
    public int MaxOffset { get; init; } = 200;

    [Option("The offset at the start.", Minimum = 0, Maximum = 10000, Advanced = true)]
    public int InitialOffset { get; init; } = 50;

    [Option("Dark current of a pixel at 20 degrees Celsius; it halves every 6.3 degrees.", Unit = "e-/s", Minimum = 0, Maximum = 1000, Advanced = true)]
    public double DarkCurrent { get; init; } = 0.5;

    [Option("Share of the pixels that are hot.", Minimum = 0, Maximum = 1, Advanced = true)]
    public double HotPixels { get; init; } = 2e-4;

    [Option("True if there is a cooler.", Key = "cooler")]
    public bool HasCooler { get; init; } = true;

    [Option("How far below the air the cooler gets.", Unit = "C", Minimum = 1, Maximum = 100)]
    public double CoolerReach { get; init; } = 40;

    [Option("Time to read out the sensor.", Unit = "s", Minimum = 0, Maximum = 120)]
    public double ReadoutTime { get; init; } = 1.5;

    [Option("The longest exposure.", Unit = "s", Minimum = 1, Maximum = 86400, Advanced = true)]
    public double ExposureMax { get; init; } = 3600;
}
