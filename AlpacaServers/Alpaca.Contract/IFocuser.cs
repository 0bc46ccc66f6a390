namespace Alpaca.Contract;

/// <summary>A motorised focuser (ASCOM IFocuserV4).</summary>
[AlpacaDevice("focuser", InterfaceVersion = 4)]
public partial interface IFocuser : IAlpacaDevice
{
    /// <summary>True if positions are absolute: <see cref="MoveAsync"/> takes a target. False for a relative focuser, whose moves are distances.</summary>
    [Get] ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default);

    /// <summary>True while the focuser moves. The completion property of <see cref="MoveAsync"/>.</summary>
    [Get, InDeviceState] ValueTask<bool> IsMovingAsync(CancellationToken cancel = default);

    /// <summary>The longest single move, in steps.</summary>
    [Get] ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default);

    /// <summary>The highest position, in steps; the lowest is 0.</summary>
    [Get] ValueTask<int> MaxStepAsync(CancellationToken cancel = default);

    /// <summary>Position in steps, 0 to <see cref="MaxStepAsync"/>. A relative focuser has none (0x400).</summary>
    [Get, InDeviceState] ValueTask<int> PositionAsync(CancellationToken cancel = default) => NotImplemented<int>();

    /// <summary>Size of a step, micrometres.</summary>
    [Get] ValueTask<double> StepSizeAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>True while the focuser corrects for temperature by itself.</summary>
    [Get] ValueTask<bool> TempCompAsync(CancellationToken cancel = default) => new(false);

    /// <summary>Switches temperature compensation. NotImplemented unless <see cref="TempCompAvailableAsync"/>.</summary>
    [Set] ValueTask SetTempCompAsync(bool tempComp, CancellationToken cancel = default) => NotImplemented();

    /// <summary>True if the focuser can correct for temperature by itself.</summary>
    [Get] ValueTask<bool> TempCompAvailableAsync(CancellationToken cancel = default) => new(false);

    /// <summary>Temperature at the focuser, degrees Celsius.</summary>
    [Get, InDeviceState] ValueTask<double> TemperatureAsync(CancellationToken cancel = default) => NotImplemented<double>();

    /// <summary>Stops any move at once.</summary>
    [Put] ValueTask HaltAsync(CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts a move and returns; done when <see cref="IsMovingAsync"/> is false.</summary>
    /// <param name="position">Steps: the target if absolute, else a signed distance of at most <see cref="MaxIncrementAsync"/>. Clipped to the travel.</param>
    [Put] ValueTask MoveAsync(int position, CancellationToken cancel = default);
}
