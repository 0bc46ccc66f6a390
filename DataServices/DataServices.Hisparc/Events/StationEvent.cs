using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Events;

/// <summary>An event as a station sent it.</summary>
/// <param name="Time">Time of the station's clock (GPS), from the header.</param>
/// <param name="Header">The header.</param>
/// <param name="Items">The data items; null when there is no list of them, and the event cannot be stored.</param>
public sealed record StationEvent(DateTime Time, PickleDictionary Header, IReadOnlyList<object?>? Items)
{
    /// <summary>The day whose file the event belongs to.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Time);
}
