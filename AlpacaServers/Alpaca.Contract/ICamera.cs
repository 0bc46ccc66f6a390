namespace Alpaca.Contract;

/// <summary>
/// A camera (ASCOM ICameraV4). Sizes and positions of the subframe are in binned pixels, counted from the sensor's first pixel;
/// x runs along a row, y from row to row.
/// </summary>
[AlpacaDevice("camera", InterfaceVersion = 4)]
public partial interface ICamera : IAlpacaDevice
{
    /// <summary>Column offset of the colour filter pattern, 0 or 1. NotImplemented for monochrome sensors.</summary>
    [Get] ValueTask<int> BayerOffsetXAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Row offset of the colour filter pattern, 0 or 1. NotImplemented for monochrome sensors.</summary>
    [Get] ValueTask<int> BayerOffsetYAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Binning along x, 1 to <see cref="MaxBinXAsync"/>.</summary>
    [Get] ValueTask<int> BinXAsync(CancellationToken cancel = default);

    /// <summary>Sets the binning along x, and along y too unless <see cref="CanAsymmetricBinAsync"/>. Keeps the subframe's size in binned pixels.</summary>
    [Set] ValueTask SetBinXAsync(int binX, CancellationToken cancel = default);

    /// <summary>Binning along y, 1 to <see cref="MaxBinYAsync"/>.</summary>
    [Get] ValueTask<int> BinYAsync(CancellationToken cancel = default);

    /// <summary>Sets the binning along y, and along x too unless <see cref="CanAsymmetricBinAsync"/>.</summary>
    [Set] ValueTask SetBinYAsync(int binY, CancellationToken cancel = default);

    /// <summary>What the camera does now.</summary>
    [Get, InDeviceState] ValueTask<CameraState> CameraStateAsync(CancellationToken cancel = default);

    /// <summary>Width of the sensor, unbinned pixels.</summary>
    [Get] ValueTask<int> CameraXSizeAsync(CancellationToken cancel = default);

    /// <summary>Height of the sensor, unbinned pixels.</summary>
    [Get] ValueTask<int> CameraYSizeAsync(CancellationToken cancel = default);

    /// <summary>True if an exposure can be aborted and its image discarded.</summary>
    [Get] ValueTask<bool> CanAbortExposureAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the two binnings may differ.</summary>
    [Get] ValueTask<bool> CanAsymmetricBinAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if there is a fast readout.</summary>
    [Get] ValueTask<bool> CanFastReadoutAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the cooler's power can be read.</summary>
    [Get] ValueTask<bool> CanGetCoolerPowerAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the camera has a guide port.</summary>
    [Get] ValueTask<bool> CanPulseGuideAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the sensor is cooled to a set point.</summary>
    [Get] ValueTask<bool> CanSetCCDTemperatureAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if an exposure can be ended early and its image kept.</summary>
    [Get] ValueTask<bool> CanStopExposureAsync(CancellationToken cancel = default) => new(false);

    /// <summary>Temperature of the sensor, degrees Celsius.</summary>
    [Get, InDeviceState] ValueTask<double> CCDTemperatureAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>True while the cooler is on.</summary>
    [Get] ValueTask<bool> CoolerOnAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Switches the cooler. NotImplemented without one.</summary>
    [Set] ValueTask SetCoolerOnAsync(bool coolerOn, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Power of the cooler, percent of its maximum.</summary>
    [Get, InDeviceState] ValueTask<double> CoolerPowerAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Electrons per count at the present gain.</summary>
    [Get] ValueTask<double> ElectronsPerADUAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>The longest exposure, seconds.</summary>
    [Get] ValueTask<double> ExposureMaxAsync(CancellationToken cancel = default);

    /// <summary>The shortest exposure, seconds.</summary>
    [Get] ValueTask<double> ExposureMinAsync(CancellationToken cancel = default);

    /// <summary>The smallest step of the exposure time, seconds; 0 if there is none.</summary>
    [Get] ValueTask<double> ExposureResolutionAsync(CancellationToken cancel = default);

    /// <summary>True while fast readout is chosen.</summary>
    [Get] ValueTask<bool> FastReadoutAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Chooses fast readout. NotImplemented unless <see cref="CanFastReadoutAsync"/>.</summary>
    [Set] ValueTask SetFastReadoutAsync(bool fastReadout, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Full well of a pixel at the present binning, electrons.</summary>
    [Get] ValueTask<double> FullWellCapacityAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>The gain: a value between <see cref="GainMinAsync"/> and <see cref="GainMaxAsync"/>, or an index into <see cref="GainsAsync"/>, whichever the camera has.</summary>
    [Get] ValueTask<int> GainAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Sets the gain.</summary>
    [Set] ValueTask SetGainAsync(int gain, CancellationToken cancel = default) => NotImplemented();

    /// <summary>The highest gain. NotImplemented if gains have names.</summary>
    [Get] ValueTask<int> GainMaxAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>The lowest gain. NotImplemented if gains have names.</summary>
    [Get] ValueTask<int> GainMinAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>The gains' names. NotImplemented if the gain is a value.</summary>
    [Get] ValueTask<IReadOnlyList<string>> GainsAsync(CancellationToken cancel = default) => NotImplemented<IReadOnlyList<string>>();

    /// <summary>True if the camera has a shutter. Without one a dark frame needs a cover.</summary>
    [Get] ValueTask<bool> HasShutterAsync(CancellationToken cancel = default);

    /// <summary>Temperature of the heat sink, degrees Celsius.</summary>
    [Get, InDeviceState] ValueTask<double> HeatSinkTemperatureAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>The last image. Throws InvalidOperation (0x40B) while <see cref="ImageReadyAsync"/> is false. The caller disposes what it gets.</summary>
    [Get] ValueTask<ImageArray> ImageArrayAsync(CancellationToken cancel = default);

    /// <summary>The last image, as <see cref="ImageArrayAsync"/>: the standard keeps both for old clients.</summary>
    [Get] ValueTask<ImageArray> ImageArrayVariantAsync(CancellationToken cancel = default) => ImageArrayAsync(cancel);

    /// <summary>True when an image can be fetched. The completion property of <see cref="StartExposureAsync"/>. Throws if the exposure failed.</summary>
    [Get, InDeviceState] ValueTask<bool> ImageReadyAsync(CancellationToken cancel = default);

    /// <summary>True while a guide pulse is under way.</summary>
    [Get, InDeviceState] ValueTask<bool> IsPulseGuidingAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>How long the last exposure really took, seconds. ValueNotSet or InvalidOperation before the first.</summary>
    [Get] ValueTask<double> LastExposureDurationAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>When the last exposure began: UTC, <c>yyyy-MM-ddTHH:mm:ss.fff</c> as in FITS. ValueNotSet or InvalidOperation before the first.</summary>
    [Get] ValueTask<string> LastExposureStartTimeAsync(CancellationToken cancel = default) => NotImplemented<string>();

    /// <summary>The highest count a pixel can have.</summary>
    [Get] ValueTask<int> MaxADUAsync(CancellationToken cancel = default);

    /// <summary>The greatest binning along x.</summary>
    [Get] ValueTask<int> MaxBinXAsync(CancellationToken cancel = default);

    /// <summary>The greatest binning along y.</summary>
    [Get] ValueTask<int> MaxBinYAsync(CancellationToken cancel = default);

    /// <summary>Width of the subframe, binned pixels.</summary>
    [Get] ValueTask<int> NumXAsync(CancellationToken cancel = default);

    /// <summary>Sets the subframe's width; checked against the sensor when the exposure starts.</summary>
    [Set] ValueTask SetNumXAsync(int numX, CancellationToken cancel = default);

    /// <summary>Height of the subframe, binned pixels.</summary>
    [Get] ValueTask<int> NumYAsync(CancellationToken cancel = default);

    /// <summary>Sets the subframe's height; checked against the sensor when the exposure starts.</summary>
    [Set] ValueTask SetNumYAsync(int numY, CancellationToken cancel = default);

    /// <summary>The offset: a value between <see cref="OffsetMinAsync"/> and <see cref="OffsetMaxAsync"/>, or an index into <see cref="OffsetsAsync"/>.</summary>
    [Get, Since(3)] ValueTask<int> OffsetAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Sets the offset.</summary>
    [Set, Since(3)] ValueTask SetOffsetAsync(int offset, CancellationToken cancel = default) => NotImplemented();

    /// <summary>The highest offset. NotImplemented if offsets have names.</summary>
    [Get, Since(3)] ValueTask<int> OffsetMaxAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>The lowest offset. NotImplemented if offsets have names.</summary>
    [Get, Since(3)] ValueTask<int> OffsetMinAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>The offsets' names. NotImplemented if the offset is a value.</summary>
    [Get, Since(3)] ValueTask<IReadOnlyList<string>> OffsetsAsync(CancellationToken cancel = default) => NotImplemented<IReadOnlyList<string>>();

    /// <summary>How far the present operation has come, percent, 0 to 100.</summary>
    [Get, InDeviceState] ValueTask<int> PercentCompletedAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Width of a pixel, unbinned, micrometres.</summary>
    [Get] ValueTask<double> PixelSizeXAsync(CancellationToken cancel = default);

    /// <summary>Height of a pixel, unbinned, micrometres.</summary>
    [Get] ValueTask<double> PixelSizeYAsync(CancellationToken cancel = default);

    /// <summary>The readout mode: an index into <see cref="ReadoutModesAsync"/>.</summary>
    [Get] ValueTask<int> ReadoutModeAsync(CancellationToken cancel = default);

    /// <summary>Chooses a readout mode.</summary>
    [Set] ValueTask SetReadoutModeAsync(int readoutMode, CancellationToken cancel = default);

    /// <summary>The readout modes' names; at least one.</summary>
    [Get] ValueTask<IReadOnlyList<string>> ReadoutModesAsync(CancellationToken cancel = default);

    /// <summary>The sensor's maker and type.</summary>
    [Get] ValueTask<string> SensorNameAsync(CancellationToken cancel = default) => NotImplemented<string>();

    /// <summary>Monochrome, colour, or the pattern of the colour filters.</summary>
    [Get] ValueTask<SensorType> SensorTypeAsync(CancellationToken cancel = default) => NotImplemented<SensorType>();

    /// <summary>The cooler's set point, degrees Celsius.</summary>
    [Get("SetCCDTemperature")] ValueTask<double> CCDSetPointAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the cooler's set point, degrees Celsius; what the cooler cannot reach is InvalidValue.</summary>
    [Set("SetCCDTemperature")] ValueTask SetCCDSetPointAsync(double setCCDTemperature, CancellationToken cancel = default) => NotImplemented();

    /// <summary>First column of the subframe, binned pixels, from 0.</summary>
    [Get] ValueTask<int> StartXAsync(CancellationToken cancel = default);

    /// <summary>Sets the subframe's first column; checked against the sensor when the exposure starts.</summary>
    [Set] ValueTask SetStartXAsync(int startX, CancellationToken cancel = default);

    /// <summary>First row of the subframe, binned pixels, from 0.</summary>
    [Get] ValueTask<int> StartYAsync(CancellationToken cancel = default);

    /// <summary>Sets the subframe's first row; checked against the sensor when the exposure starts.</summary>
    [Set] ValueTask SetStartYAsync(int startY, CancellationToken cancel = default);

    /// <summary>Length of the parts a long exposure is made of, seconds.</summary>
    [Get, Since(3)] ValueTask<double> SubExposureDurationAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Sets the length of the parts, seconds.</summary>
    [Set, Since(3)] ValueTask SetSubExposureDurationAsync(double subExposureDuration, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Aborts the exposure and discards its image; harmless when idle.</summary>
    [Put] ValueTask AbortExposureAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts a guide pulse and returns; done when <see cref="IsPulseGuidingAsync"/> is false.</summary>
    /// <param name="direction">Where the telescope moves on the sky.</param>
    /// <param name="duration">Milliseconds, 0 or more.</param>
    [Put] ValueTask PulseGuideAsync(GuideDirection direction, int duration, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts an exposure and returns; done when <see cref="ImageReadyAsync"/> is true.</summary>
    /// <param name="duration">Seconds, <see cref="ExposureMinAsync"/> to <see cref="ExposureMaxAsync"/>; 0 for a bias frame.</param>
    /// <param name="light">True to open the shutter, false for a dark frame.</param>
    [Put] ValueTask StartExposureAsync(double duration, bool light, CancellationToken cancel = default);

    /// <summary>Ends the exposure early and reads out its image; harmless when idle.</summary>
    [Put] ValueTask StopExposureAsync(CancellationToken cancel = default) => NotImplemented();
}

/// <summary>What a camera does.</summary>
public enum CameraState
{
    Idle = 0,

    /// <summary>Preparing an exposure.</summary>
    Waiting = 1,
    Exposing = 2,

    /// <summary>Reading the sensor.</summary>
    Reading = 3,

    /// <summary>Fetching the image from the camera.</summary>
    Download = 4,
    Error = 5,
}

/// <summary>The colours of a sensor.</summary>
public enum SensorType
{
    Monochrome = 0,

    /// <summary>Three colours in every pixel: images have three planes.</summary>
    Color = 1,

    /// <summary>Red, green, green, blue Bayer pattern.</summary>
    RGGB = 2,
    CMYG = 3,
    CMYG2 = 4,
    LRGB = 5,
}

/// <summary>A direction on the sky: north is towards +90 degrees declination, east towards larger right ascension.</summary>
public enum GuideDirection
{
    North = 0,
    South = 1,
    East = 2,
    West = 3,
}
