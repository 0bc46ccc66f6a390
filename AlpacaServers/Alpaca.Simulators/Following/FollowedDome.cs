using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Alpaca.Simulators.Enclosure;

namespace Alpaca.Simulators.Following;

/// <summary>A clamshell that an emulator drives: the simulated cameras see as much of the sky as its leaves leave free. Closed until something is heard.</summary>
/// <remarks>
/// Messages: <c>{"dome": "Astrohaven", "since": "2026-11-21T10:00:00.0000000Z", "leaves": [0.4, 0]}</c>: from that time on, the share that each leaf is open,
/// 0 closed to 1 open.
/// </remarks>
public sealed class FollowedDome : ITruth, IEnclosure
{
    private const int Kept = 1024;

    private ImmutableList<(DateTimeOffset Since, double Openness)> _states = [];

    double IEnclosure.OpennessTowards(double altitude, double azimuth, DateTimeOffset time)
    {
        var states = Volatile.Read(ref _states);
        return states.FindLastIndex(s => s.Since <= time) is >= 0 and var at ? states[at].Openness : 0;
    }

    /// <inheritdoc/>
    public void Take(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object
            || !message.TryGetProperty("since", out var since)
            || !DateTimeOffset.TryParse(since.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            || !message.TryGetProperty("leaves", out var leaves)
            || leaves.ValueKind != JsonValueKind.Array
            || leaves.GetArrayLength() == 0)
        {
            throw new FormatException("A message about a dome has a UTC time \"since\" and a list \"leaves\" of shares from 0 to 1.");
        }

        var openness = leaves.EnumerateArray().Average(leaf => Math.Clamp(leaf.GetDouble(), 0, 1));
        ImmutableInterlocked.Update(ref _states, states =>
        {
            var next = states.RemoveAll(s => s.Since >= time).Add((time, openness));
            return next.Count <= Kept ? next : next.RemoveRange(0, next.Count - (Kept / 2));
        });
    }
}
