namespace Alpaca.Contract;

/// <summary>A dome, roll-off roof or clamshell (ASCOM IDomeV3). Azimuths are degrees from north through east.</summary>
[AlpacaDevice("dome", InterfaceVersion = 3)]
public partial interface IDome : IAlpacaDevice
{
    /// <summary>Altitude of the opening's lower edge, degrees, 0 (open to the horizon) to 90 (closed).</summary>
    [Get, InDeviceState] ValueTask<double> AltitudeAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>True at the home position; false as soon as the dome leaves it.</summary>
    [Get, InDeviceState] ValueTask<bool> AtHomeAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>True at the park position, reached by <see cref="ParkAsync"/>.</summary>
    [Get, InDeviceState] ValueTask<bool> AtParkAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Azimuth of the opening, degrees, 0 up to but not including 360.</summary>
    [Get, InDeviceState] ValueTask<double> AzimuthAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>True if <see cref="FindHomeAsync"/> works.</summary>
    [Get] ValueTask<bool> CanFindHomeAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="ParkAsync"/> works.</summary>
    [Get] ValueTask<bool> CanParkAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the opening's altitude can be set.</summary>
    [Get] ValueTask<bool> CanSetAltitudeAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the dome turns to an azimuth.</summary>
    [Get] ValueTask<bool> CanSetAzimuthAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SetParkAsync"/> works.</summary>
    [Get] ValueTask<bool> CanSetParkAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the shutter or roof can be opened and closed.</summary>
    [Get] ValueTask<bool> CanSetShutterAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if the dome can follow a telescope by itself.</summary>
    [Get] ValueTask<bool> CanSlaveAsync(CancellationToken cancel = default) => new(false);

    /// <summary>True if <see cref="SyncToAzimuthAsync"/> works.</summary>
    [Get] ValueTask<bool> CanSyncAzimuthAsync(CancellationToken cancel = default) => new(false);

    /// <summary>What the shutter or roof does. Never reports Closed unless it is.</summary>
    [Get, InDeviceState] ValueTask<ShutterState> ShutterStatusAsync(CancellationToken cancel = default) => NotImplemented<ShutterState>();

    /// <summary>True while the dome follows a telescope by itself.</summary>
    [Get] ValueTask<bool> SlavedAsync(CancellationToken cancel = default) => new(false);

    /// <summary>Starts or stops following the telescope. NotImplemented unless <see cref="CanSlaveAsync"/>.</summary>
    [Set] ValueTask SetSlavedAsync(bool slaved, CancellationToken cancel = default) => NotImplemented();

    /// <summary>True while any part of the dome moves, the shutter included. The completion property of all motion.</summary>
    [Get, InDeviceState] ValueTask<bool> SlewingAsync(CancellationToken cancel = default);

    /// <summary>Stops all motion at once and ends slaving.</summary>
    [Put] ValueTask AbortSlewAsync(CancellationToken cancel = default);

    /// <summary>Starts to close the shutter and returns; done when <see cref="ShutterStatusAsync"/> is Closed.</summary>
    [Put] ValueTask CloseShutterAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to search the home position and returns; done when <see cref="AtHomeAsync"/> is true.</summary>
    [Put] ValueTask FindHomeAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to open the shutter and returns; done when <see cref="ShutterStatusAsync"/> is Open.</summary>
    [Put] ValueTask OpenShutterAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to park the dome and returns; done when <see cref="AtParkAsync"/> is true.</summary>
    [Put] ValueTask ParkAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Makes the present azimuth the park position.</summary>
    [Put] ValueTask SetParkAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to move the opening to an altitude and returns.</summary>
    /// <param name="altitude">Degrees, 0 to 90.</param>
    [Put] ValueTask SlewToAltitudeAsync(double altitude, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to turn the dome to an azimuth and returns.</summary>
    /// <param name="azimuth">Degrees, 0 up to but not including 360.</param>
    [Put] ValueTask SlewToAzimuthAsync(double azimuth, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Declares the present azimuth, without moving.</summary>
    /// <param name="azimuth">Degrees, 0 up to but not including 360.</param>
    [Put] ValueTask SyncToAzimuthAsync(double azimuth, CancellationToken cancel = default) => NotImplemented();
}

/// <summary>What a shutter or roof does.</summary>
public enum ShutterState
{
    Open = 0,
    Closed = 1,
    Opening = 2,
    Closing = 3,

    /// <summary>Neither open nor closed and not moving, or contradictory sensors: counts as open for safety.</summary>
    Error = 4,
}
