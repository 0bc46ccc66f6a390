using System.Collections.Concurrent;

namespace Alpaca.Devices.Drivers;

/// <summary>What several devices of one server stand on together: a hub with a mount and a dome behind it, or the simulated observatory. Each part is made once, by whoever asks first.</summary>
public sealed class SharedParts
{
    private readonly ConcurrentDictionary<(Type, string), Lazy<object>> _parts = new();

    /// <summary>Says how a part is made that nobody has asked for yet. The first who says so counts.</summary>
    public void Offer<T>(string name, Func<T> make)
        where T : class => _parts.TryAdd((typeof(T), name), new Lazy<object>(make));

    /// <summary>The part of a type and name; made if it is not there yet.</summary>
    /// <param name="name">Tells parts of one type apart: a port, a serial number. Empty if there is only ever one.</param>
    /// <param name="make">Makes it.</param>
    public T Get<T>(string name, Func<T> make)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(make);
        return (T)_parts.GetOrAdd((typeof(T), name), _ => new Lazy<object>(make)).Value;
    }
}
