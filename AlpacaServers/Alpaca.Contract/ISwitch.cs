namespace Alpaca.Contract;

/// <summary>A set of switches, dimmers and gauges (ASCOM ISwitchV3), numbered from 0 to <see cref="MaxSwitchAsync"/> - 1. A number outside that range is InvalidValue everywhere.</summary>
[AlpacaDevice("switch", InterfaceVersion = 3)]
public partial interface ISwitch : IAlpacaDevice
{
    /// <summary>How many switches there are.</summary>
    [Get] ValueTask<int> MaxSwitchAsync(CancellationToken cancel = default);

    /// <summary>True if the switch can be changed without waiting for the change to finish.</summary>
    [Get("CanAsync"), Since(3)] ValueTask<bool> CanStartChangeAsync(int id, CancellationToken cancel = default);

    /// <summary>True if the switch can be changed; false for a gauge.</summary>
    [Get] ValueTask<bool> CanWriteAsync(int id, CancellationToken cancel = default);

    /// <summary>True if on: its value is above the minimum.</summary>
    [Get, InDeviceState(CountedBy = nameof(MaxSwitchAsync))] ValueTask<bool> GetSwitchAsync(int id, CancellationToken cancel = default);

    /// <summary>What the switch is for, in a sentence.</summary>
    [Get] ValueTask<string> GetSwitchDescriptionAsync(int id, CancellationToken cancel = default);

    /// <summary>The switch's name.</summary>
    [Get] ValueTask<string> GetSwitchNameAsync(int id, CancellationToken cancel = default);

    /// <summary>The switch's value, between its minimum and maximum.</summary>
    [Get, InDeviceState(CountedBy = nameof(MaxSwitchAsync))] ValueTask<double> GetSwitchValueAsync(int id, CancellationToken cancel = default);

    /// <summary>The lowest value: that of "off".</summary>
    [Get] ValueTask<double> MinSwitchValueAsync(int id, CancellationToken cancel = default);

    /// <summary>The highest value: that of "on".</summary>
    [Get] ValueTask<double> MaxSwitchValueAsync(int id, CancellationToken cancel = default);

    /// <summary>Starts to switch on or off and returns; done when <see cref="StateChangeCompleteAsync"/> is true.</summary>
    [Put("SetAsync"), Since(3)] ValueTask StartSetSwitchAsync(int id, bool state, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Starts to bring the switch to a value and returns; done when <see cref="StateChangeCompleteAsync"/> is true.</summary>
    [Put("SetAsyncValue"), Since(3)] ValueTask StartSetSwitchValueAsync(int id, double value, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Switches on or off and waits for it. NotImplemented for a gauge.</summary>
    [Put] ValueTask SetSwitchAsync(int id, bool state, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Renames the switch.</summary>
    [Put] ValueTask SetSwitchNameAsync(int id, string name, CancellationToken cancel = default) => NotImplemented();

    /// <summary>Brings the switch to a value and waits for it. NotImplemented for a gauge.</summary>
    [Put] ValueTask SetSwitchValueAsync(int id, double value, CancellationToken cancel = default) => NotImplemented();

    /// <summary>True if no change is under way. Throws OperationCancelled after <see cref="CancelChangeAsync"/>.</summary>
    [Get, InDeviceState(CountedBy = nameof(MaxSwitchAsync)), Since(3)] ValueTask<bool> StateChangeCompleteAsync(int id, CancellationToken cancel = default);

    /// <summary>The smallest change of the value, above 0.</summary>
    [Get] ValueTask<double> SwitchStepAsync(int id, CancellationToken cancel = default);

    /// <summary>Cancels a change that is under way.</summary>
    [Put("CancelAsync"), BeyondTheDescription("ISwitchV3 has CancelAsync and conformance checkers call it; the official description leaves it out."), Since(3)]
    ValueTask CancelChangeAsync(int id, CancellationToken cancel = default) => NotImplemented();
}
