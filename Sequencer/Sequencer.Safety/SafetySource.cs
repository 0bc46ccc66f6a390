namespace Sequencer.Safety;

/// <summary>What one source of safety (a safety monitor, a power switch) answered, and when that was true.</summary>
/// <param name="Name">How the person at the telescope knows it: "roof rain sensor".</param>
/// <param name="Ok">What it said; null when it said nothing (no connection, an error, no value yet), which is unsafe.</param>
/// <param name="MeasuredAt">When the value was measured, UTC. Null is unsafe: a value without an age may be any age.</param>
/// <param name="Error">Why there is no value, for the reason given to people.</param>
public readonly record struct SafetySource(string Name, bool? Ok, DateTimeOffset? MeasuredAt, string? Error = null)
{
    /// <summary>Why this source cannot be trusted to say "safe" at <paramref name="now"/>, or null when it does say so.</summary>
    /// <param name="maxAge">At this age and above a value is stale.</param>
    /// <param name="clockTolerance">How far in the future a measurement may lie before the two clocks count as wrong.</param>
    /// <param name="now">The time of judgement, UTC.</param>
    public string? Objection(TimeSpan maxAge, TimeSpan clockTolerance, DateTimeOffset now)
    {
        if (Ok is not { } ok)
            return Error is null ? $"{Name} gives no answer" : $"{Name} gives no answer ({Error})";
        if (MeasuredAt is not { } measured)
            return $"{Name} does not say when it measured";
        var age = now - measured;
        if (age < -clockTolerance)
            return $"{Name} measured {Seconds(-age)} in the future: check the clocks";
        if (age >= maxAge)
            return $"{Name} is stale ({Seconds(age)} old, limit {Seconds(maxAge)})";
        return ok ? null : $"{Name} says unsafe";
    }

    private static string Seconds(TimeSpan span) => FormattableString.Invariant($"{span.TotalSeconds:0} s");
}
