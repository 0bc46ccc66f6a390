namespace Alpaca.Contract;

/// <summary>A telescope cover, a flat-field lamp, or both in one (ASCOM ICoverCalibratorV2).</summary>
[AlpacaDevice("covercalibrator", InterfaceVersion = 2)]
public partial interface ICoverCalibrator : IAlpacaDevice
{
    /// <summary>The lamp's brightness, 0 (off) to <see cref="MaxBrightnessAsync"/>. NotImplemented without a lamp.</summary>
    [Get, InDeviceState] ValueTask<int> BrightnessAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>True while the lamp changes: exactly when <see cref="CalibratorStateAsync"/> is NotReady.</summary>
    [Get, InDeviceState, Since(2)] ValueTask<bool> CalibratorChangingAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>What the lamp does; NotPresent if there is none.</summary>
    [Get, InDeviceState] ValueTask<CalibratorStatus> CalibratorStateAsync(CancellationToken cancel = default) => new(CalibratorStatus.NotPresent);

    /// <summary>True while the cover moves: exactly when <see cref="CoverStateAsync"/> is Moving.</summary>
    [Get, InDeviceState, Since(2)] ValueTask<bool> CoverMovingAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Where the cover is; NotPresent if there is none.</summary>
    [Get, InDeviceState] ValueTask<CoverStatus> CoverStateAsync(CancellationToken cancel = default) => new(CoverStatus.NotPresent);

    /// <summary>The greatest brightness, 1 or more. NotImplemented without a lamp.</summary>
    [Get] ValueTask<int> MaxBrightnessAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Starts to switch the lamp off and returns; done when it no longer changes.</summary>
    [Put] ValueTask CalibratorOffAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to bring the lamp to a brightness and returns; done when <see cref="CalibratorStateAsync"/> is Ready.</summary>
    /// <param name="brightness">0 to <see cref="MaxBrightnessAsync"/>.</param>
    [Put] ValueTask CalibratorOnAsync(int brightness, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to close the cover and returns; done when <see cref="CoverStateAsync"/> is Closed.</summary>
    [Put] ValueTask CloseCoverAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Stops the cover at once.</summary>
    [Put] ValueTask HaltCoverAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to open the cover and returns; done when <see cref="CoverStateAsync"/> is Open.</summary>
    [Put] ValueTask OpenCoverAsync(CancellationToken cancel = default) => NotImplemented();
}

/// <summary>Where a cover is.</summary>
public enum CoverStatus
{
    NotPresent = 0,
    Closed = 1,
    Moving = 2,
    Open = 3,
    Unknown = 4,
    Error = 5,
}

/// <summary>What a flat-field lamp does.</summary>
public enum CalibratorStatus
{
    NotPresent = 0,
    Off = 1,

    /// <summary>Changing, not yet stable.</summary>
    NotReady = 2,
    Ready = 3,
    Unknown = 4,
    Error = 5,
}
