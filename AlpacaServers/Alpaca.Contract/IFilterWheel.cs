namespace Alpaca.Contract;

/// <summary>A filter wheel (ASCOM IFilterWheelV3).</summary>
[AlpacaDevice("filterwheel", InterfaceVersion = 3)]
public partial interface IFilterWheel : IAlpacaDevice
{
    /// <summary>The focus offset of each filter, focuser steps; as many as there are slots.</summary>
    [Get] ValueTask<IReadOnlyList<int>> FocusOffsetsAsync(CancellationToken cancel = default);

    /// <summary>The name of each filter; as many as there are slots, none empty.</summary>
    [Get] ValueTask<IReadOnlyList<string>> NamesAsync(CancellationToken cancel = default);

    /// <summary>The slot in the light path, counted from 0; -1 while the wheel turns.</summary>
    [Get, InDeviceState] ValueTask<int> PositionAsync(CancellationToken cancel = default);

    /// <summary>Starts to turn the wheel and returns; done when <see cref="PositionAsync"/> is no longer -1.</summary>
    /// <param name="position">The slot wanted, from 0.</param>
    [Set] ValueTask SetPositionAsync(int position, CancellationToken cancel = default);
}
