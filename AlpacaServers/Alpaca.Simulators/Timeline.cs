namespace Alpaca.Simulators;

/// <summary>
/// The state of one simulated mechanism and what it was before. A state is an immutable record from which the position at any later time follows,
/// so commands swap it atomically and reads need no lock; the past is kept because an exposure asks, when it ends, where everything was while it lasted.
/// </summary>
/// <typeparam name="T">An immutable record.</typeparam>
internal sealed class Timeline<T>(TimeProvider clock, T initial)
    where T : class
{
    private const int Kept = 512;

    private Entry _last = new(DateTimeOffset.MinValue, initial, Before: null, Depth: 0);

    /// <summary>The state as of the last command.</summary>
    public T Current => Volatile.Read(ref _last).State;

    /// <summary>The state that was in force at a time; the oldest one kept if that was longer ago.</summary>
    public T At(DateTimeOffset time)
    {
        var entry = Volatile.Read(ref _last);
        while (entry.Since > time && entry.Before is { } before)
            entry = before;
        return entry.State;
    }

    /// <summary>Replaces the state by what <paramref name="change"/> makes of it now; it runs again if another command came between, and may throw to refuse.</summary>
    public T Change(Func<T, DateTimeOffset, T> change)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _last);
            var now = clock.GetUtcNow();
            var next = change(seen.State, now);
            if (ReferenceEquals(next, seen.State))
                return next;
            var before = seen.Depth < 2 * Kept ? seen : seen.Newest(Kept);
            if (ReferenceEquals(Interlocked.CompareExchange(ref _last, new Entry(now, next, before, before.Depth + 1), seen), seen))
                return next;
        }
    }

    private sealed record Entry(DateTimeOffset Since, T State, Entry? Before, int Depth)
    {
        public Entry Newest(int count)
        {
            var entries = new List<Entry>(count);
            for (var entry = this; entry is not null && entries.Count < count; entry = entry.Before)
                entries.Add(entry);
            Entry? chain = null;
            for (var i = entries.Count - 1; i >= 0; i--)
                chain = entries[i] with { Before = chain, Depth = entries.Count - 1 - i };
            return chain!;
        }
    }
}
