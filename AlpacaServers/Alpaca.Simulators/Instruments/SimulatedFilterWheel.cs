using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Instruments;

/// <summary>A filter wheel that turns the short way; between two slots nothing gets through.</summary>
public sealed class SimulatedFilterWheel : DeviceBase, IFilterWheel
{
    private readonly FilterWheelOptions _options;
    private readonly Timeline<Turn> _wheel;

    internal SimulatedFilterWheel(DeviceIdentity identity, FilterWheelOptions options, TimeProvider clock)
        : base(identity, clock)
    {
        _options = options;
        _wheel = new(clock, new Turn(Travel.AtRest(0, clock.GetUtcNow()), Slot: 0));
    }

    /// <summary>The filter in the light path at a time; null while the wheel turned.</summary>
    internal Filter? FilterAt(DateTimeOffset time)
    {
        var turn = _wheel.At(time);
        return turn.Travel.IsMovingAt(time) ? null : _options.Filters[turn.Slot];
    }

    public ValueTask<IReadOnlyList<int>> FocusOffsetsAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new([.. _options.Filters.Select(f => f.FocusOffset)]);
    }

    public ValueTask<IReadOnlyList<string>> NamesAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new([.. _options.Filters.Select(f => f.Name)]);
    }

    public ValueTask<int> PositionAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        var turn = _wheel.Current;
        return new(turn.Travel.IsMovingAt(Clock.GetUtcNow()) ? -1 : turn.Slot);
    }

    public ValueTask SetPositionAsync(int position, CancellationToken cancel = default)
    {
        AlpacaException.ThrowIfOutOfRange(position, 0, _options.Filters.Count - 1);
        EnsureConnected();
        _wheel.Change((turn, now) =>
        {
            var from = turn.Travel.PositionAt(now);
            var slots = _options.Filters.Count;
            var way = position - from;
            way -= slots * Math.Round(way / slots);
            return new Turn(new Travel(from, from + way, 1 / _options.SecondsPerSlot, now), position);
        });
        return default;
    }

    private sealed record Turn(Travel Travel, int Slot);
}
