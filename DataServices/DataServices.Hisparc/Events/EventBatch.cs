using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Events;

/// <summary>What one upload or one spool file holds.</summary>
public sealed class EventBatch
{
    private const int MaxEvents = 100_000;
    private const int MaxItems = 256;

    private EventBatch(IReadOnlyList<StationEvent> events) => Events = events;

    /// <summary>The events in the order they were sent.</summary>
    public IReadOnlyList<StationEvent> Events { get; }

    /// <summary>Reads the pickle of an upload.</summary>
    /// <exception cref="PickleFormatException">Malformed, or not a list of events with dates.</exception>
    public static EventBatch Parse(ReadOnlySpan<byte> pickle) => FromList(PickleReader.Read(pickle), pickle.Length);

    /// <summary>Reads a spool file of the reference: a dictionary with the station, its cluster and the events.</summary>
    /// <exception cref="PickleFormatException">Malformed, or something is missing.</exception>
    public static (int Station, string Cluster, EventBatch Batch) ParseSpool(ReadOnlySpan<byte> pickle)
    {
        if (PickleReader.Read(pickle) is not PickleDictionary spool
            || !spool.TryGet("station_id", out var number) || number is not long station || station is < 0 or > int.MaxValue
            || !spool.TryGet("cluster", out var name) || PickleText.Of(name) is not { Length: > 0 } cluster
            || !spool.TryGet("event_list", out var list))
            throw new PickleFormatException("a spool file without station_id, cluster and event_list");
        return ((int)station, cluster, FromList(list, pickle.Length));
    }

    private static EventBatch FromList(object? value, int length)
    {
        if (value is not PickleList list)
            throw new PickleFormatException("the top level is not a list of events");
        if (list.Items.Count > MaxEvents)
            throw new PickleFormatException($"{list.Items.Count} events, the limit is {MaxEvents}");

        // Sharing lets a small pickle describe very many events: what has to be worked through must stay in proportion to its length.
        long items = length, characters = 10L * length + 4096;
        var events = new List<StationEvent>(list.Items.Count);
        foreach (var item in list.Items)
        {
            var found = ToEvent(item);
            if ((items -= 1 + (found.Items?.Count ?? 0)) < 0 || (characters -= Characters(found)) < 0)
                throw new PickleFormatException("the events are much larger than the pickle itself");
            events.Add(found);
        }

        return new EventBatch(events);
    }

    private static StationEvent ToEvent(object? value)
    {
        if (value is not PickleDictionary fields || !fields.TryGet("header", out var found) || found is not PickleDictionary header)
            throw new PickleFormatException("an event without a header");
        if (!header.TryGet("datetime", out var time) || time is not PickleDateTime moment)
            throw new PickleFormatException("an event without a date");
        var items = fields.TryGet("datalist", out var data) && data is PickleList list ? list.Items : null;
        if (items?.Count > MaxItems)
            throw new PickleFormatException($"an event of {items.Count} data items, the limit is {MaxItems}");
        return new StationEvent(moment.Value, header, items);
    }

    private static long Characters(StationEvent found)
    {
        long sum = 0;
        foreach (var item in found.Items ?? [])
        {
            if (item is PickleDictionary fields && fields.TryGet("data", out var value))
                sum += value switch { string text => text.Length, PickleBytes bytes => bytes.Data.Length, _ => 0 };
        }

        return sum;
    }
}
