namespace Alpaca.Contract;

/// <summary>A camera rotator (ASCOM IRotatorV4). Angles are degrees, 0 up to but not including 360.</summary>
[AlpacaDevice("rotator", InterfaceVersion = 4)]
public partial interface IRotator : IAlpacaDevice
{
    /// <summary>True if the sense of rotation can be reversed.</summary>
    [Get] ValueTask<bool> CanReverseAsync(CancellationToken cancel = default);

    /// <summary>True while the rotator moves. The completion property of all moves.</summary>
    [Get, InDeviceState] ValueTask<bool> IsMovingAsync(CancellationToken cancel = default);

    /// <summary>The angle of the mechanism itself, degrees: unaffected by <see cref="SyncAsync"/>.</summary>
    [Get, InDeviceState, Since(3)] ValueTask<double> MechanicalPositionAsync(CancellationToken cancel = default);

    /// <summary>The angle on the sky, degrees: the mechanical one plus the sync offset.</summary>
    [Get, InDeviceState] ValueTask<double> PositionAsync(CancellationToken cancel = default);

    /// <summary>True if the sense of rotation is reversed.</summary>
    [Get] ValueTask<bool> ReverseAsync(CancellationToken cancel = default) => NotImplemented<bool>();

    /// <summary>Reverses the sense of rotation. NotImplemented unless <see cref="CanReverseAsync"/>.</summary>
    [Set] ValueTask SetReverseAsync(bool reverse, CancellationToken cancel = default) => NotImplemented();

    /// <summary>The smallest move, degrees.</summary>
    [Get] ValueTask<double> StepSizeAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Where the last move goes or went, degrees on the sky.</summary>
    [Get] ValueTask<double> TargetPositionAsync(CancellationToken cancel = default);

    /// <summary>Stops any move at once.</summary>
    [Put] ValueTask HaltAsync(CancellationToken cancel = default);

    /// <summary>Starts a move by an angle and returns.</summary>
    /// <param name="position">Degrees, relative to where the rotator is; wrapped.</param>
    [Put] ValueTask MoveAsync(double position, CancellationToken cancel = default);

    /// <summary>Starts a move to an angle on the sky and returns.</summary>
    /// <param name="position">Degrees, 0 up to but not including 360.</param>
    [Put] ValueTask MoveAbsoluteAsync(double position, CancellationToken cancel = default);

    /// <summary>Starts a move to an angle of the mechanism and returns.</summary>
    /// <param name="position">Degrees, 0 up to but not including 360.</param>
    [Put, Since(3)] ValueTask MoveMechanicalAsync(double position, CancellationToken cancel = default);

    /// <summary>Declares the present angle on the sky, without moving.</summary>
    /// <param name="position">Degrees, 0 up to but not including 360.</param>
    [Put, Since(3)] ValueTask SyncAsync(double position, CancellationToken cancel = default);
}
