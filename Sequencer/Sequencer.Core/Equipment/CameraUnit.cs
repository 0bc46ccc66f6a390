using Alpaca.Contract;
using Sequencer.Core.Records;

namespace Sequencer.Core.Equipment;

/// <summary>
/// One camera with its filter wheel, focuser and rotator. It gives whole frames or says why not; a camera that hangs or vanishes is put in
/// quarantine, out of use until <see cref="RecoverAsync"/> has brought it back, while the night goes on with the others.
/// </summary>
public sealed partial class CameraUnit
{
    private readonly ICamera _camera;
    private readonly IFocuser? _focuser;
    private readonly IRotator? _rotator;
    private readonly TimeProvider _clock;
    private readonly Journal _journal;
    private CameraFacts? _facts;
    private IReadOnlyList<string> _readoutModes = [];
    private FrameCheck _check = new();
    private bool _saidNoiseless;
    private bool _wasConnected;

    public CameraUnit(
        ICamera camera,
        CameraSettings settings,
        TimeProvider clock,
        Journal journal,
        IFilterWheel? wheel = null,
        IFocuser? focuser = null,
        IRotator? rotator = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (_camera, Settings, _clock, _journal, _focuser, _rotator) = (camera, settings, clock, journal, focuser, rotator);
        Wheel = wheel is null ? null : new FilterWheelUnit(wheel, clock, settings.FilterTimeout, settings.PollInterval);
    }

    public CameraSettings Settings { get; }

    public string Name => Settings.Name;

    public string Uid => Settings.Uid;

    public bool IsPrimary => Settings.Primary;

    public FilterWheelUnit? Wheel { get; }

    /// <summary>What the camera is; known once it is connected.</summary>
    /// <exception cref="InvalidOperationException">It has never been connected.</exception>
    public CameraFacts Facts => _facts ?? throw new InvalidOperationException($"The camera {Name} has not been connected yet.");

    /// <summary>True while an exposure is under way.</summary>
    public bool IsExposing { get; private set; }

    /// <summary>Why the camera is out of use; null while it can be used.</summary>
    public string? Quarantine { get; private set; } = "not connected yet";

    /// <summary>Connected and not in quarantine.</summary>
    public bool IsUsable => Quarantine is null;

    /// <summary>Connects camera and accessories, applies the settings and reads once what does not change.</summary>
    /// <exception cref="CameraException">Something could not be connected; the camera stays in quarantine.</exception>
    public async Task ConnectAsync(CancellationToken cancel = default)
    {
        try
        {
            await DeviceCalls.ConnectAsync(_camera, Settings.ConnectTimeout, _clock, cancel);
            if (Wheel is not null) await Wheel.ConnectAsync(Settings.ConnectTimeout, cancel);
            if (_focuser is not null) await DeviceCalls.ConnectAsync(_focuser, Settings.ConnectTimeout, _clock, cancel);
            if (_rotator is not null) await DeviceCalls.ConnectAsync(_rotator, Settings.ConnectTimeout, _clock, cancel);
            await ApplySettingsAsync(cancel);
            _facts = await ReadFactsAsync(cancel);
            _check = new FrameCheck();
        }
        catch (Exception error) when (error is AlpacaException || DeviceCalls.IsLost(error))
        {
            SetQuarantine($"cannot be connected: {error.Message}", lost: true);
            throw new CameraException(CameraFault.Link, $"The camera {Name} cannot be connected: {error.Message}", error);
        }

        Quarantine = null;
        _journal.Device(Name, _wasConnected ? "restored" : "connected");
        _wasConnected = true;
    }

    /// <summary>Tries once to bring a camera back from quarantine. Called at each <c>ready</c>.</summary>
    /// <returns>Whether the camera can be used now.</returns>
    public async Task<bool> RecoverAsync(CancellationToken cancel = default)
    {
        if (IsUsable) return true;
        try
        {
            // A hung driver lets go of its hardware only when it is told to.
            if (await _camera.ConnectedAsync(cancel)) await _camera.SetConnectedAsync(false, cancel);
            await ConnectAsync(cancel);
            return true;
        }
        catch (Exception error) when (error is CameraException or AlpacaException || DeviceCalls.IsLost(error))
        {
            return false;
        }
    }

    /// <summary>Takes the camera out of use until it has been recovered.</summary>
    /// <param name="lost">True if it cannot be reached, false if it misbehaves.</param>
    public void SetQuarantine(string reason, bool lost = false)
    {
        if (Quarantine == reason) return;
        Quarantine = reason;
        _journal.Device(Name, lost ? "lost" : "quarantined", reason);
    }

    /// <summary>Whether the camera could expose now, and if not, each reason why not.</summary>
    public async Task<CameraReadiness> ReadinessAsync(CancellationToken cancel = default)
    {
        if (Quarantine is { } reason) return new CameraReadiness([$"{Name} is out of use: {reason}"]);
        var reasons = new List<string>();
        if (IsExposing) reasons.Add($"{Name} is exposing");
        if (_focuser is not null && await DeviceCalls.TryAsync(() => _focuser.IsMovingAsync(cancel)) != false) reasons.Add($"the focuser of {Name} is moving");
        if (Wheel is not null && await DeviceCalls.TryAsync(() => Wheel.PositionAsync(cancel)) is null or < 0) reasons.Add($"the filter wheel of {Name} is turning");
        if (Settings.CoolTo is not null && !await IsTemperatureStableAsync(cancel)) reasons.Add($"the temperature of {Name} is not stable");
        return new CameraReadiness(reasons);
    }

    private async Task<bool> IsTemperatureStableAsync(CancellationToken cancel)
    {
        if (await DeviceCalls.TryAsync(() => _camera.CoolerOnAsync(cancel)) != true) return false;
        var temperature = await DeviceCalls.TryAsync(() => _camera.CCDTemperatureAsync(cancel));
        var target = await DeviceCalls.TryAsync(() => _camera.CCDSetPointAsync(cancel));
        if (!(Math.Abs(temperature - target ?? double.NaN) <= Settings.TemperatureTolerance)) return false;
        return !Facts.CanGetCoolerPower || await DeviceCalls.TryAsync(() => _camera.CoolerPowerAsync(cancel)) is not >= 100;
    }

    private async Task ApplySettingsAsync(CancellationToken cancel)
    {
        if (Settings.Binning != await _camera.BinXAsync(cancel) || Settings.Binning != await _camera.BinYAsync(cancel))
        {
            await _camera.SetBinXAsync(Settings.Binning, cancel);
            await _camera.SetBinYAsync(Settings.Binning, cancel);
        }

        // The whole sensor, whatever the last user left.
        await _camera.SetStartXAsync(0, cancel);
        await _camera.SetStartYAsync(0, cancel);
        await _camera.SetNumXAsync(await _camera.CameraXSizeAsync(cancel) / Settings.Binning, cancel);
        await _camera.SetNumYAsync(await _camera.CameraYSizeAsync(cancel) / Settings.Binning, cancel);
        if (Settings.Gain is { } gain) await _camera.SetGainAsync(gain, cancel);
        if (Settings.Offset is { } offset) await _camera.SetOffsetAsync(offset, cancel);
        if (Settings.ReadoutMode is { } mode) await _camera.SetReadoutModeAsync(mode, cancel);
        if (Settings.CoolTo is { } target)
        {
            await _camera.SetCCDSetPointAsync(target, cancel);
            await _camera.SetCoolerOnAsync(true, cancel);
        }
    }

    private async Task<CameraFacts> ReadFactsAsync(CancellationToken cancel)
    {
        _readoutModes = await DeviceCalls.TryListAsync(() => _camera.ReadoutModesAsync(cancel));
        var sensor = await DeviceCalls.TryAsync(() => _camera.SensorTypeAsync(cancel));
        var bayer = sensor is SensorType.RGGB or SensorType.CMYG or SensorType.CMYG2 or SensorType.LRGB;
        return new CameraFacts
        {
            Name = await _camera.NameAsync(cancel),
            Description = await _camera.DescriptionAsync(cancel),
            DriverVersion = await DeviceCalls.TryTextAsync(() => _camera.DriverVersionAsync(cancel)) ?? "",
            Width = await _camera.NumXAsync(cancel),
            Height = await _camera.NumYAsync(cancel),
            BinX = await _camera.BinXAsync(cancel),
            BinY = await _camera.BinYAsync(cancel),
            PixelSizeX = await _camera.PixelSizeXAsync(cancel),
            PixelSizeY = await _camera.PixelSizeYAsync(cancel),
            ExposureMin = await _camera.ExposureMinAsync(cancel),
            ExposureMax = await _camera.ExposureMaxAsync(cancel),
            MaxAdu = await _camera.MaxADUAsync(cancel),
            HasShutter = await _camera.HasShutterAsync(cancel),
            CanAbort = await DeviceCalls.TryAsync(() => _camera.CanAbortExposureAsync(cancel)) ?? false,
            CanStop = await DeviceCalls.TryAsync(() => _camera.CanStopExposureAsync(cancel)) ?? false,
            CanSetTemperature = await DeviceCalls.TryAsync(() => _camera.CanSetCCDTemperatureAsync(cancel)) ?? false,
            CanGetCoolerPower = await DeviceCalls.TryAsync(() => _camera.CanGetCoolerPowerAsync(cancel)) ?? false,
            Sensor = sensor,
            SensorName = await DeviceCalls.TryTextAsync(() => _camera.SensorNameAsync(cancel)),
            BayerOffsetX = bayer ? await DeviceCalls.TryAsync(() => _camera.BayerOffsetXAsync(cancel)) ?? 0 : null,
            BayerOffsetY = bayer ? await DeviceCalls.TryAsync(() => _camera.BayerOffsetYAsync(cancel)) ?? 0 : null,
        };
    }

    private async Task<CameraReading> ReadAsync(CancellationToken cancel)
    {
        var cooled = Facts.CanSetTemperature;
        var position = Wheel is null ? null : await DeviceCalls.TryAsync(() => Wheel.PositionAsync(cancel));
        var mode = await DeviceCalls.TryAsync(() => _camera.ReadoutModeAsync(cancel));
        return new CameraReading
        {
            SensorTemperature = await DeviceCalls.TryAsync(() => _camera.CCDTemperatureAsync(cancel)),
            SetPoint = cooled ? await DeviceCalls.TryAsync(() => _camera.CCDSetPointAsync(cancel)) : null,
            CoolerPower = Facts.CanGetCoolerPower ? await DeviceCalls.TryAsync(() => _camera.CoolerPowerAsync(cancel)) : null,
            Gain = await DeviceCalls.TryAsync(() => _camera.GainAsync(cancel)),
            Offset = await DeviceCalls.TryAsync(() => _camera.OffsetAsync(cancel)),
            ElectronsPerAdu = await DeviceCalls.TryAsync(() => _camera.ElectronsPerADUAsync(cancel)),
            ReadoutMode = mode is { } m && m >= 0 && m < _readoutModes.Count ? _readoutModes[m] : null,
            Filter = position is { } p && p >= 0 && p < Wheel!.Names.Count ? Wheel.Names[p] : null,
            FilterPosition = position is >= 0 ? position + 1 : null,
            WheelName = Wheel?.Name,
            WheelDescription = Wheel?.Description,
            FocuserPosition = _focuser is null ? null : await DeviceCalls.TryAsync(() => _focuser.PositionAsync(cancel)),
            FocuserTemperature = _focuser is null ? null : await DeviceCalls.TryAsync(() => _focuser.TemperatureAsync(cancel)),
            FocuserStepSize = _focuser is null ? null : await DeviceCalls.TryAsync(() => _focuser.StepSizeAsync(cancel)),
            FocuserName = _focuser is null ? null : await DeviceCalls.TryTextAsync(() => _focuser.NameAsync(cancel)),
            FocuserDescription = _focuser is null ? null : await DeviceCalls.TryTextAsync(() => _focuser.DescriptionAsync(cancel)),
            RotatorName = _rotator is null ? null : await DeviceCalls.TryTextAsync(() => _rotator.NameAsync(cancel)),
            RotatorAngle = _rotator is null ? null : await DeviceCalls.TryAsync(() => _rotator.PositionAsync(cancel)),
        };
    }
}
