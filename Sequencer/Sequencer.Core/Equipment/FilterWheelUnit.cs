using System.Globalization;
using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>A filter wheel: filters by name or beginning of a name, every move verified by a deadline.</summary>
public sealed class FilterWheelUnit(IFilterWheel wheel, TimeProvider clock, TimeSpan timeout, TimeSpan pollInterval)
{
    /// <summary>Names of the filters, in slot order; empty before <see cref="ConnectAsync"/>.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>Connects and reads the names once.</summary>
    public async ValueTask ConnectAsync(TimeSpan deadline, CancellationToken cancel)
    {
        await DeviceCalls.ConnectAsync(wheel, deadline, clock, cancel);
        Names = await wheel.NamesAsync(cancel);
        Name = await DeviceCalls.TryTextAsync(() => wheel.NameAsync(cancel)) ?? "";
        Description = await DeviceCalls.TryTextAsync(() => wheel.DescriptionAsync(cancel)) ?? "";
    }

    /// <summary>The slot in the light path, counted from 0; -1 while the wheel turns.</summary>
    public ValueTask<int> PositionAsync(CancellationToken cancel) => wheel.PositionAsync(cancel);

    /// <summary>The slot that <paramref name="filter"/> means: a name, the beginning of one (the first of several), or a slot number from 1.</summary>
    /// <exception cref="CameraException">There is no such filter; the message lists those there are.</exception>
    public int SlotOf(string filter)
    {
        var exact = Index(name => name.Equals(filter, StringComparison.OrdinalIgnoreCase));
        if (exact >= 0) return exact;
        var begins = Index(name => name.StartsWith(filter, StringComparison.OrdinalIgnoreCase));
        if (begins >= 0) return begins;
        if (int.TryParse(filter, NumberStyles.None, CultureInfo.InvariantCulture, out var slot) && slot >= 1 && slot <= Names.Count) return slot - 1;
        throw new CameraException(CameraFault.Filter, $"The filter wheel has no filter \"{filter}\". It has: {string.Join(", ", Names)}, slots 1 to {Names.Count}.");
    }

    /// <summary>Puts a filter into the light path and waits until it is there. Does nothing if it is there already.</summary>
    /// <exception cref="CameraException">There is no such filter, the wheel is turning, or it did not arrive by its deadline.</exception>
    public async ValueTask MoveAsync(string filter, CancellationToken cancel)
    {
        var slot = SlotOf(filter);
        var position = await wheel.PositionAsync(cancel);
        if (position == slot) return;
        if (position < 0) throw new CameraException(CameraFault.Filter, $"The filter wheel is turning already; it cannot go to {Names[slot]} now.");
        await wheel.SetPositionAsync(slot, cancel);
        var started = clock.GetTimestamp();
        while (true)
        {
            await Task.Delay(pollInterval, clock, cancel);
            position = await wheel.PositionAsync(cancel);
            if (position == slot) return;
            if (clock.GetElapsedTime(started) < timeout) continue;
            var where = position < 0 ? "is still turning" : $"is at {position + 1}";
            throw new CameraException(
                CameraFault.Filter,
                $"The filter wheel {where} {timeout.TotalSeconds:0} s after it was sent to {Names[slot]}. No exposure is taken through an unknown filter; check the wheel.");
        }
    }

    private int Index(Predicate<string> match) => Names.ToList().FindIndex(match);
}
