using System.Collections.Concurrent;

namespace DataServices.Hisparc.Upload;

/// <summary>Counts failed log-ins per key in the current minute.</summary>
public sealed class FailureLimiter(int perMinute, TimeProvider clock)
{
    private const int MaxKeys = 10_000;
    private readonly ConcurrentDictionary<string, (long Minute, int Count)> _failures = new();

    /// <summary>Whether a key has to wait for the next minute.</summary>
    public bool IsBlocked(string key) => _failures.TryGetValue(key, out var found) && found.Minute == Minute && found.Count >= perMinute;

    /// <summary>Notes a failure.</summary>
    public void Failed(string key)
    {
        if (_failures.Count > MaxKeys)
        {
            foreach (var old in _failures.Where(pair => pair.Value.Minute != Minute))
                _failures.TryRemove(old);
        }

        if (_failures.Count <= MaxKeys)
            _failures.AddOrUpdate(key, (Minute, 1), (_, before) => before.Minute == Minute ? (Minute, before.Count + 1) : (Minute, 1));
    }

    private long Minute => clock.GetUtcNow().ToUnixTimeSeconds() / 60;
}
