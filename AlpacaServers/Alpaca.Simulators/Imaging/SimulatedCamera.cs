using System.Globalization;
using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators.Imaging;

/// <summary>
/// A camera on the simulated mount. When an exposure ends it renders what the optics saw while it lasted, which is heavy computation that an accelerated
/// clock waits for, and then takes its readout time.
/// </summary>
public sealed partial class SimulatedCamera : DeviceBase, ICamera
{
    private readonly CameraOptions _options;
    private readonly FrameRenderer _renderer;
    private readonly Observatory _observatory;
    private readonly Cooler? _cooler;
    private readonly DeviceOperation _operation = new();
    private SensorWindow _window;
    private Exposure? _exposure;
    private FramePlan? _last;
    private ImageArray? _image;
    private int _gain;
    private int _offset;
    private int _count;
    private long _guidesUntil;

    internal SimulatedCamera(DeviceIdentity identity, CameraOptions options, FrameRenderer renderer, Observatory observatory, TimeProvider clock)
        : base(identity, clock)
    {
        (_options, _renderer, _observatory) = (options, renderer, observatory);
        _cooler = options.HasCooler ? new Cooler(options.CoolerReach, observatory.Weather, clock) : null;
        _ambient = observatory.Weather;
        _offset = options.InitialOffset;
        _window = new SensorWindow(1, 1, 0, 0, options.Width, options.Height);
    }

    private readonly WeatherModel _ambient;

    public ValueTask StartExposureAsync(double duration, bool light, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(duration, 0, _options.ExposureMax);
        var window = Volatile.Read(ref _window);
        CheckWindow(window);
        EnsureConnected();
        // The sensor is free once it no longer collects light: a new exposure takes the place of the frame still being read, which nobody waits for.
        if (Volatile.Read(ref _exposure) is { IsReading: true })
            _operation.Cancel();
        var exposure = new Exposure(Clock.GetUtcNow(), duration, light, window);
        if (!_operation.TryStart(cancelled => ExposeAsync(exposure, cancelled)))
            throw AlpacaException.InvalidOperation($"{Identity.Name} is exposing. Wait for ImageReady, or abort the exposure first.");
        return default;
    }

    public ValueTask StopExposureAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        if (_operation.IsRunning)
            Volatile.Read(ref _exposure)?.Stop.TrySetResult();
        return default;
    }

    public ValueTask AbortExposureAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        _operation.Cancel();
        return default;
    }

    public ValueTask<bool> ImageReadyAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        if (_operation.Failure is { } failure)
            throw new AlpacaException(AlpacaError.Driver, $"The last exposure of {Identity.Name} failed: {failure.Message}", failure);
        return new(!_operation.IsRunning && Volatile.Read(ref _image) is not null);
    }

    public ValueTask<ImageArray> ImageArrayAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        var image = _operation.IsRunning ? null : Volatile.Read(ref _image);
        try
        {
            return new(image?.Share() ?? throw AlpacaException.InvalidOperation($"{Identity.Name} has no image. Start an exposure and wait for ImageReady."));
        }
        catch (ObjectDisposedException)
        {
            throw AlpacaException.InvalidOperation($"{Identity.Name} has begun another exposure; its last image is gone.");
        }
    }

    public ValueTask<double> LastExposureDurationAsync(CancellationToken cancel = default) => new(LastExposure().Duration);

    public ValueTask<string> LastExposureStartTimeAsync(CancellationToken cancel = default) =>
        new(LastExposure().Began.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture));

    public ValueTask<CameraState> CameraStateAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(_operation.Failure is not null ? CameraState.Error
            : !_operation.IsRunning ? CameraState.Idle
            : Volatile.Read(ref _exposure) is { IsReading: true } ? CameraState.Reading
            : CameraState.Exposing);
    }

    public ValueTask<int> PercentCompletedAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        if (Volatile.Read(ref _exposure) is not { } exposure)
            return new(0);
        if (!_operation.IsRunning || exposure.IsReading || exposure.Duration == 0)
            return new(_operation.IsRunning || Volatile.Read(ref _image) is not null ? 100 : 0);
        return new((int)Math.Clamp(100 * (Clock.GetUtcNow() - exposure.Began).TotalSeconds / exposure.Duration, 0, 100));
    }

    /// <summary>A closed connection ends the exposure under way.</summary>
    protected override ValueTask CloseAsync(CancellationToken cancel)
    {
        _operation.Cancel();
        return default;
    }

    private async Task ExposeAsync(Exposure exposure, CancellationToken cancelled)
    {
        Volatile.Write(ref _exposure, exposure);
        Interlocked.Exchange(ref _image, null)?.Dispose();
        var number = Interlocked.Increment(ref _count);
        var (gain, offset) = (Volatile.Read(ref _gain), Volatile.Read(ref _offset));
        using (var shutter = CancellationTokenSource.CreateLinkedTokenSource(cancelled))
        {
            var time = Clock.UntilAsync(exposure.Began + TimeSpan.FromSeconds(exposure.Duration), shutter.Token);
            await Task.WhenAny(time, exposure.Stop.Task);
            // Not CancelAsync: it leaves the scheduler of the caller for the thread pool, and with it the virtual clock.
            shutter.Cancel();
        }

        cancelled.ThrowIfCancellationRequested();
        var lasted = exposure.Stop.Task.IsCompleted
            ? Math.Min(exposure.Duration, (Clock.GetUtcNow() - exposure.Began).TotalSeconds)
            : exposure.Duration;
        Volatile.Write(ref _exposure, exposure = exposure with { IsReading = true });
        var plan = new FramePlan(
            number, exposure.Began, lasted, exposure.Light || !_options.HasShutter, exposure.Window, gain, offset, SensorTemperature(Clock.GetUtcNow()));
        var readout = Clock.GetUtcNow() + TimeSpan.FromSeconds(_options.ReadoutTime);
        var image = await Clock.ComputeAsync(() => _renderer.Render(plan));
        try
        {
            await Clock.UntilAsync(readout, cancelled);
            cancelled.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            image.Dispose();
            throw;
        }

        Volatile.Write(ref _last, plan);
        Interlocked.Exchange(ref _image, image)?.Dispose();
    }

    private FramePlan LastExposure()
    {
        EnsureConnected();
        return Volatile.Read(ref _last) ?? throw AlpacaException.InvalidOperation($"{Identity.Name} has not taken an exposure yet.");
    }

    private void CheckWindow(SensorWindow window)
    {
        var (width, height) = (_options.Width / window.BinX, _options.Height / window.BinY);
        if (window.NumX < 1 || window.StartX < 0 || window.StartX + window.NumX > width)
            throw AlpacaException.InvalidValue($"Columns {window.StartX} to {window.StartX + window.NumX - 1} do not fit the {width} columns at binning {window.BinX}. Set StartX and NumX.");
        if (window.NumY < 1 || window.StartY < 0 || window.StartY + window.NumY > height)
            throw AlpacaException.InvalidValue($"Rows {window.StartY} to {window.StartY + window.NumY - 1} do not fit the {height} rows at binning {window.BinY}. Set StartY and NumY.");
    }

    private double SensorTemperature(DateTimeOffset time) => _cooler?.TemperatureAt(time) ?? _ambient.At(time).Temperature + 5;

    /// <summary>An exposure under way.</summary>
    private sealed record Exposure(DateTimeOffset Began, double Duration, bool Light, SensorWindow Window)
    {
        /// <summary>Set to end the exposure early. Its continuations run where it is set: on the thread pool they would leave the virtual clock.</summary>
        public TaskCompletionSource Stop { get; } = new();

        public bool IsReading { get; init; }
    }
}
