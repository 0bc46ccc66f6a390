using Alpaca.Contract;

namespace Alpaca.Hosting.Tests.Devices;

/// <summary>A camera whose image a test puts in.</summary>
internal sealed class TestCamera : TestDevice, ICamera
{
    /// <summary>Makes the image, or null before the first exposure.</summary>
    public Func<ImageArray>? Image { get; set; }

    public ValueTask<int> BinXAsync(CancellationToken cancel = default) => new(1);

    public ValueTask SetBinXAsync(int binX, CancellationToken cancel = default) => default;

    public ValueTask<int> BinYAsync(CancellationToken cancel = default) => new(1);

    public ValueTask SetBinYAsync(int binY, CancellationToken cancel = default) => default;

    public ValueTask<CameraState> CameraStateAsync(CancellationToken cancel = default) => new(CameraState.Exposing);

    public ValueTask<int> CameraXSizeAsync(CancellationToken cancel = default) => new(640);

    public ValueTask<int> CameraYSizeAsync(CancellationToken cancel = default) => new(480);

    public ValueTask<double> ExposureMaxAsync(CancellationToken cancel = default) => new(3600);

    public ValueTask<double> ExposureMinAsync(CancellationToken cancel = default) => new(0);

    public ValueTask<ImageArray> ImageArrayAsync(CancellationToken cancel = default) =>
        new((Image ?? throw AlpacaException.InvalidOperation("There is no image yet; take one with StartExposure – ×."))());

    public ValueTask<bool> ImageReadyAsync(CancellationToken cancel = default) => new(Image is not null);

    public ValueTask<int> MaxADUAsync(CancellationToken cancel = default) => new(65535);

    public ValueTask<int> MaxBinXAsync(CancellationToken cancel = default) => new(1);

    public ValueTask<int> MaxBinYAsync(CancellationToken cancel = default) => new(1);

    public ValueTask<int> NumXAsync(CancellationToken cancel = default) => new(640);

    public ValueTask SetNumXAsync(int numX, CancellationToken cancel = default) => default;

    public ValueTask<int> NumYAsync(CancellationToken cancel = default) => new(480);

    public ValueTask SetNumYAsync(int numY, CancellationToken cancel = default) => default;

    public ValueTask<double> PixelSizeXAsync(CancellationToken cancel = default) => new(3.76);

    public ValueTask<double> PixelSizeYAsync(CancellationToken cancel = default) => new(3.76);

    public ValueTask<int> StartXAsync(CancellationToken cancel = default) => new(0);

    public ValueTask SetStartXAsync(int startX, CancellationToken cancel = default) => default;

    public ValueTask<int> StartYAsync(CancellationToken cancel = default) => new(0);

    public ValueTask SetStartYAsync(int startY, CancellationToken cancel = default) => default;

    public ValueTask StartExposureAsync(double duration, bool light, CancellationToken cancel = default) => default;

    public ValueTask<double> ExposureResolutionAsync(CancellationToken cancel = default) => new(0.001);

    public ValueTask<bool> HasShutterAsync(CancellationToken cancel = default) => new(false);

    public ValueTask<int> ReadoutModeAsync(CancellationToken cancel = default) => new(0);

    public ValueTask SetReadoutModeAsync(int readoutMode, CancellationToken cancel = default) => default;

    public ValueTask<IReadOnlyList<string>> ReadoutModesAsync(CancellationToken cancel = default) => new(["Normal"]);
}
