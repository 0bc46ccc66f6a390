using System.Net;

namespace Alpaca.Hosting;

/// <summary>
/// Counts wrong credentials per address. After a burst, new ones from there are not accepted any more until it has rested, not even right ones: that is what stops guessing.
/// Credentials that this address has used before still are, so that a guesser behind the same address locks nobody out.
/// </summary>
/// <param name="clock">Real time.</param>
internal sealed class AttemptLimiter(TimeProvider clock)
{
    /// <summary>Wrong ones in a row before new ones are refused unseen.</summary>
    public const int Burst = 10;

    /// <summary>Addresses kept; when there are more, those that have rested make room, and failing that the newest count as one.</summary>
    private const int MaximumAddresses = 1024;

    /// <summary>Each wrong one is forgotten after this time.</summary>
    private static readonly TimeSpan s_forget = TimeSpan.FromSeconds(6);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (double Failures, long At)> _failures = [];
    private readonly HashSet<(IPAddress Address, int Credential)> _used = [];

    /// <summary>Whether a right credential may be accepted from an address; remembers it if so.</summary>
    public bool Admit(IPAddress address, int credential)
    {
        lock (_lock)
        {
            if (_used.Contains((address, credential)))
                return true;
            if (Failures(Key(address)) >= Burst)
                return false;
            if (_used.Count >= MaximumAddresses)
                _used.Clear();
            return _used.Add((address, credential));
        }
    }

    /// <summary>Counts a wrong one; how many there were in a row.</summary>
    public int Fail(IPAddress address)
    {
        lock (_lock)
        {
            var key = Key(address);
            var failures = Math.Min(Failures(key) + 1, Burst + 1);
            _failures[key] = (failures, clock.GetTimestamp());
            return (int)Math.Ceiling(failures - 1e-9);
        }
    }

    private double Failures(IPAddress address) =>
        _failures.TryGetValue(address, out var entry) ? Math.Max(0, entry.Failures - (clock.GetElapsedTime(entry.At) / s_forget)) : 0;

    /// <summary>The address's own place, or the common one while the table is full.</summary>
    private IPAddress Key(IPAddress address)
    {
        if (_failures.Count < MaximumAddresses || _failures.ContainsKey(address))
            return address;
        foreach (var known in _failures.Keys)
        {
            if (Failures(known) <= 0)
                _failures.Remove(known);
        }

        return _failures.Count < MaximumAddresses ? address : IPAddress.None;
    }
}
