using Alpaca.Contract;

namespace Sequencer.Core.Tests.Observing;

/// <summary>A camera on a clock that takes its pixels from a function, and can be told to misbehave.</summary>
internal sealed class TestCamera(TimeProvider clock, Func<int, ImageArray> render, int width = 400, int height = 300) : ICamera
{
    private DateTimeOffset? _started;
    private double _seconds;

    public int Exposures { get; private set; }

    public int Aborts { get; private set; }

    public int Downloads { get; private set; }

    public bool Connected { get; set; }

    public bool Hangs { get; set; }

    public bool Lost { get; set; }

    /// <summary>The start time it goes on giving, whatever it does: what a camera that delivers an old picture says.</summary>
    public DateTimeOffset? KeepsStart { get; set; }

    public bool ReportsError { get; set; }

    public bool CanAbort { get; init; } = true;

    public TimeSpan Readout { get; init; } = TimeSpan.FromSeconds(1);

    private bool Done => _started is { } start && clock.GetUtcNow() >= start + TimeSpan.FromSeconds(_seconds) + Readout;

    public ValueTask<int> BinXAsync(CancellationToken cancel = default) => Answer(1);

    public ValueTask SetBinXAsync(int binX, CancellationToken cancel = default) => Accept();

    public ValueTask<int> BinYAsync(CancellationToken cancel = default) => Answer(1);

    public ValueTask SetBinYAsync(int binY, CancellationToken cancel = default) => Accept();

    public ValueTask<CameraState> CameraStateAsync(CancellationToken cancel = default) =>
        Answer(ReportsError ? CameraState.Error : _started is null || (Done && !Hangs) ? CameraState.Idle : CameraState.Exposing);

    public ValueTask<int> CameraXSizeAsync(CancellationToken cancel = default) => Answer(width);

    public ValueTask<int> CameraYSizeAsync(CancellationToken cancel = default) => Answer(height);

    public ValueTask<bool> CanAbortExposureAsync(CancellationToken cancel = default) => Answer(CanAbort);

    public ValueTask<double> CCDTemperatureAsync(CancellationToken cancel = default) => Answer(-10.25);

    public ValueTask<double> ElectronsPerADUAsync(CancellationToken cancel = default) => Answer(1.25);

    public ValueTask<int> GainAsync(CancellationToken cancel = default) => Answer(120);

    public ValueTask<double> ExposureMaxAsync(CancellationToken cancel = default) => Answer(3600.0);

    public ValueTask<double> ExposureMinAsync(CancellationToken cancel = default) => Answer(0.001);

    public ValueTask<double> ExposureResolutionAsync(CancellationToken cancel = default) => Answer(0.001);

    public ValueTask<bool> HasShutterAsync(CancellationToken cancel = default) => Answer(true);

    public ValueTask<ImageArray> ImageArrayAsync(CancellationToken cancel = default) => Lost ? throw Gone() : new(render(++Downloads));

    public ValueTask<bool> ImageReadyAsync(CancellationToken cancel = default) => Answer(Done && !Hangs && !ReportsError);

    public ValueTask<string> LastExposureStartTimeAsync(CancellationToken cancel = default) =>
        Answer((KeepsStart ?? _started ?? default).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture));

    public ValueTask<double> LastExposureDurationAsync(CancellationToken cancel = default) => Answer(_seconds);

    public ValueTask<int> MaxADUAsync(CancellationToken cancel = default) => Answer(65535);

    public ValueTask<int> MaxBinXAsync(CancellationToken cancel = default) => Answer(1);

    public ValueTask<int> MaxBinYAsync(CancellationToken cancel = default) => Answer(1);

    public ValueTask<int> NumXAsync(CancellationToken cancel = default) => Answer(width);

    public ValueTask SetNumXAsync(int numX, CancellationToken cancel = default) => Accept();

    public ValueTask<int> NumYAsync(CancellationToken cancel = default) => Answer(height);

    public ValueTask SetNumYAsync(int numY, CancellationToken cancel = default) => Accept();

    public ValueTask<double> PixelSizeXAsync(CancellationToken cancel = default) => Answer(3.8);

    public ValueTask<double> PixelSizeYAsync(CancellationToken cancel = default) => Answer(3.8);

    public ValueTask<int> ReadoutModeAsync(CancellationToken cancel = default) => Answer(0);

    public ValueTask SetReadoutModeAsync(int readoutMode, CancellationToken cancel = default) => Accept();

    public ValueTask<IReadOnlyList<string>> ReadoutModesAsync(CancellationToken cancel = default) => Answer<IReadOnlyList<string>>(["Normal"]);

    public ValueTask<SensorType> SensorTypeAsync(CancellationToken cancel = default) => Answer(SensorType.Monochrome);

    public ValueTask<int> StartXAsync(CancellationToken cancel = default) => Answer(0);

    public ValueTask SetStartXAsync(int startX, CancellationToken cancel = default) => Accept();

    public ValueTask<int> StartYAsync(CancellationToken cancel = default) => Answer(0);

    public ValueTask SetStartYAsync(int startY, CancellationToken cancel = default) => Accept();

    public ValueTask StartExposureAsync(double duration, bool light, CancellationToken cancel = default)
    {
        (_started, _seconds) = (clock.GetUtcNow(), duration);
        Exposures++;
        return Accept();
    }

    public ValueTask AbortExposureAsync(CancellationToken cancel = default)
    {
        Aborts++;
        _started = null;
        return Accept();
    }

    public ValueTask ConnectAsync(CancellationToken cancel = default)
    {
        Connected = true;
        return Accept();
    }

    public ValueTask DisconnectAsync(CancellationToken cancel = default) => SetConnectedAsync(false, cancel);

    public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) => Answer(false);

    public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => Answer(Connected);

    public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default)
    {
        Connected = connected;
        return Accept();
    }

    public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => Answer("Test camera, serial 1");

    public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => Answer("For tests");

    public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => Answer("1.0");

    public ValueTask<int> InterfaceVersionAsync(CancellationToken cancel = default) => Answer(4);

    public ValueTask<string> NameAsync(CancellationToken cancel = default) => Answer("Test camera");

    private static HttpRequestException Gone() => new("Connection refused");

    private ValueTask<T> Answer<T>(T value) => Lost ? throw Gone() : new ValueTask<T>(value);

    private ValueTask Accept() => Lost ? throw Gone() : ValueTask.CompletedTask;
}
