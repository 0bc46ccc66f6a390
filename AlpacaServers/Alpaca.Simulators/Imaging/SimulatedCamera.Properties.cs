using Alpaca.Contract;
using Alpaca.Simulators.Mount;

namespace Alpaca.Simulators.Imaging;

/// <content>What can be read and set.</content>
public sealed partial class SimulatedCamera
{
    private static readonly IReadOnlyList<string> Modes = ["Normal"];

    public ValueTask<bool> CanAbortExposureAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanAsymmetricBinAsync(CancellationToken cancel = default) => new(_options.CanAsymmetricBin);

    public ValueTask<bool> CanGetCoolerPowerAsync(CancellationToken cancel = default) => new(_cooler is not null);

    public ValueTask<bool> CanPulseGuideAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> CanSetCCDTemperatureAsync(CancellationToken cancel = default) => new(_cooler is not null);

    public ValueTask<bool> CanStopExposureAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> HasShutterAsync(CancellationToken cancel = default) => Connected(_options.HasShutter);

    public ValueTask<int> CameraXSizeAsync(CancellationToken cancel = default) => Connected(_options.Width);

    public ValueTask<int> CameraYSizeAsync(CancellationToken cancel = default) => Connected(_options.Height);

    public ValueTask<double> PixelSizeXAsync(CancellationToken cancel = default) => Connected(_options.PixelSize);

    public ValueTask<double> PixelSizeYAsync(CancellationToken cancel = default) => Connected(_options.PixelSize);

    public ValueTask<string> SensorNameAsync(CancellationToken cancel = default) => Connected("Simulated CMOS");

    public ValueTask<SensorType> SensorTypeAsync(CancellationToken cancel = default) => Connected(_options.Sensor);

    public ValueTask<int> BayerOffsetXAsync(CancellationToken cancel = default) => BayerOffset(nameof(BayerOffsetXAsync));

    public ValueTask<int> BayerOffsetYAsync(CancellationToken cancel = default) => BayerOffset(nameof(BayerOffsetYAsync));

    public ValueTask<int> MaxADUAsync(CancellationToken cancel = default) => Connected((int)ushort.MaxValue);

    public ValueTask<double> ExposureMaxAsync(CancellationToken cancel = default) => Connected(_options.ExposureMax);

    public ValueTask<double> ExposureMinAsync(CancellationToken cancel = default) => Connected(0.0);

    public ValueTask<double> ExposureResolutionAsync(CancellationToken cancel = default) => Connected(0.001);

    public ValueTask<double> ElectronsPerADUAsync(CancellationToken cancel = default) =>
        Connected(FrameRenderer.ElectronsPerCount(_options, Volatile.Read(ref _gain)));

    public ValueTask<double> FullWellCapacityAsync(CancellationToken cancel = default)
    {
        var window = Volatile.Read(ref _window);
        return Connected(_options.FullWell * window.BinX * window.BinY);
    }

    public ValueTask<int> MaxBinXAsync(CancellationToken cancel = default) => Connected(_options.MaxBin);

    public ValueTask<int> MaxBinYAsync(CancellationToken cancel = default) => Connected(_options.MaxBin);

    public ValueTask<int> BinXAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _window).BinX);

    public ValueTask<int> BinYAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _window).BinY);

    public ValueTask SetBinXAsync(int binX, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(binX, 1, _options.MaxBin);
        return SetWindow(w => _options.CanAsymmetricBin ? w with { BinX = binX } : w with { BinX = binX, BinY = binX });
    }

    public ValueTask SetBinYAsync(int binY, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(binY, 1, _options.MaxBin);
        return SetWindow(w => _options.CanAsymmetricBin ? w with { BinY = binY } : w with { BinX = binY, BinY = binY });
    }

    public ValueTask<int> NumXAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _window).NumX);

    public ValueTask SetNumXAsync(int numX, CancellationToken cancel = default) => SetWindow(w => w with { NumX = numX });

    public ValueTask<int> NumYAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _window).NumY);

    public ValueTask SetNumYAsync(int numY, CancellationToken cancel = default) => SetWindow(w => w with { NumY = numY });

    public ValueTask<int> StartXAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _window).StartX);

    public ValueTask SetStartXAsync(int startX, CancellationToken cancel = default) => SetWindow(w => w with { StartX = startX });

    public ValueTask<int> StartYAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _window).StartY);

    public ValueTask SetStartYAsync(int startY, CancellationToken cancel = default) => SetWindow(w => w with { StartY = startY });

    public ValueTask<int> GainAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _gain));

    public ValueTask<int> GainMinAsync(CancellationToken cancel = default) => Connected(0);

    public ValueTask<int> GainMaxAsync(CancellationToken cancel = default) => Connected(_options.MaxGain);

    public ValueTask SetGainAsync(int gain, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(gain, 0, _options.MaxGain);
        EnsureConnected();
        Volatile.Write(ref _gain, gain);
        return default;
    }

    public ValueTask<int> OffsetAsync(CancellationToken cancel = default) => Connected(Volatile.Read(ref _offset));

    public ValueTask<int> OffsetMinAsync(CancellationToken cancel = default) => Connected(0);

    public ValueTask<int> OffsetMaxAsync(CancellationToken cancel = default) => Connected(_options.MaxOffset);

    public ValueTask SetOffsetAsync(int offset, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(offset, 0, _options.MaxOffset);
        EnsureConnected();
        Volatile.Write(ref _offset, offset);
        return default;
    }

    public ValueTask<int> ReadoutModeAsync(CancellationToken cancel = default) => Connected(0);

    public ValueTask SetReadoutModeAsync(int readoutMode, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(readoutMode, 0, Modes.Count - 1);
        EnsureConnected();
        return default;
    }

    public ValueTask<IReadOnlyList<string>> ReadoutModesAsync(CancellationToken cancel = default) => Connected(Modes);

    public ValueTask<double> CCDTemperatureAsync(CancellationToken cancel = default) => Connected(Math.Round(SensorTemperature(Clock.GetUtcNow()), 2));

    public ValueTask<bool> CoolerOnAsync(CancellationToken cancel = default) => Connected(RequireCooler(nameof(CoolerOnAsync)).IsOn);

    public ValueTask SetCoolerOnAsync(bool coolerOn, CancellationToken cancel = default)
    {
        var cooler = RequireCooler("CoolerOn");
        EnsureConnected();
        cooler.Switch(coolerOn);
        return default;
    }

    public ValueTask<double> CoolerPowerAsync(CancellationToken cancel = default)
    {
        var cooler = RequireCooler(nameof(CoolerPowerAsync));
        EnsureConnected();
        return new(Math.Round(cooler.Power, 1));
    }

    public ValueTask<double> HeatSinkTemperatureAsync(CancellationToken cancel = default)
    {
        var cooler = RequireCooler(nameof(HeatSinkTemperatureAsync));
        EnsureConnected();
        return new(Math.Round(cooler.HeatSinkTemperature, 2));
    }

    public ValueTask<double> CCDSetPointAsync(CancellationToken cancel = default) => Connected(RequireCooler("SetCCDTemperature").SetPoint);

    public ValueTask SetCCDSetPointAsync(double setCCDTemperature, CancellationToken cancel = default)
    {
        var cooler = RequireCooler("SetCCDTemperature");
        AlpacaException.ThrowIfOutOfRange(setCCDTemperature, -60, 30);
        EnsureConnected();
        cooler.SetTarget(setCCDTemperature);
        return default;
    }

    public ValueTask<bool> IsPulseGuidingAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(Clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _guidesUntil));
    }

    /// <summary>Closes a relay of the camera's guide port, to which the mount is wired. The camera does not know what the mount makes of it.</summary>
    public ValueTask PulseGuideAsync(GuideDirection direction, int duration, CancellationToken cancel = default)
    {
        SimulatedTelescope.CheckPulse(direction, duration);
        EnsureConnected();
        _observatory.Mount.CloseGuideRelay(direction, duration);
        var until = Clock.GetUtcNow().AddMilliseconds(duration).UtcTicks;
        long seen;
        do
            seen = Interlocked.Read(ref _guidesUntil);
        while (seen < until && Interlocked.CompareExchange(ref _guidesUntil, until, seen) != seen);
        return default;
    }

    private ValueTask<T> Connected<T>(T value)
    {
        EnsureConnected();
        return new(value);
    }

    private ValueTask<int> BayerOffset(string member) => _options.Sensor != SensorType.Monochrome ? Connected(0) : throw AlpacaException.NotImplemented(member);

    private Cooler RequireCooler(string member) => _cooler ?? throw AlpacaException.NotImplemented(member);

    private ValueTask SetWindow(Func<SensorWindow, SensorWindow> change)
    {
        EnsureConnected();
        SensorWindow seen;
        do
            seen = Volatile.Read(ref _window);
        while (Interlocked.CompareExchange(ref _window, change(seen), seen) != seen);
        return default;
    }
}
