namespace Alpaca.Astronomy;

/// <summary>The time between evening and morning while the Sun is below an altitude.</summary>
/// <param name="Evening">The date of the evening, by the mean solar time of the site.</param>
/// <param name="Start">When the Sun sets through the altitude (or the noon before, when it is below all day).</param>
/// <param name="End">When it rises through it again (or the noon after).</param>
public readonly record struct Night(DateOnly Evening, DateTimeOffset Start, DateTimeOffset End)
{
    public TimeSpan Length => End - Start;

    public bool Contains(DateTimeOffset time) => time >= Start && time < End;
}
