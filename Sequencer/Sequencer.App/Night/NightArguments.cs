using System.Globalization;

namespace Sequencer.App.Night;

/// <summary>What the person asked of <c>night</c>.</summary>
/// <param name="Site">A site in place of the configured one, or null.</param>
/// <param name="Date">The evening's date at the site, or null for tonight.</param>
/// <param name="Fields">The target list, or null for the shipped one.</param>
/// <param name="Hours">How much of the night to run, hours from its start, or null for all of it.</param>
/// <param name="Rate">Virtual seconds per real second while nothing is being computed.</param>
/// <param name="Seed">Seed of everything random in the simulated observatory.</param>
/// <param name="Weather"><c>clear</c>, <c>flapping</c> or <c>rain-at HH:MM</c>.</param>
/// <param name="Out">The directory that gets one directory per night.</param>
/// <param name="Configuration">The observatory's configuration file, or null for the shipped one.</param>
/// <param name="Hardware">The emulated hardware that takes the place of simulated devices.</param>
/// <param name="Json">Whether the summary is one JSON object on standard output.</param>
internal sealed record NightArguments(
    string? Site,
    DateOnly? Date,
    string? Fields,
    double? Hours,
    double Rate,
    int Seed,
    string Weather,
    string Out,
    string? Configuration,
    IReadOnlyList<EmulatedHardware> Hardware,
    bool Json)
{
    /// <summary>Reads <c>2026-11-21</c>.</summary>
    /// <exception cref="NightException">It is not a date.</exception>
    public static DateOnly? ParseDate(string? text)
    {
        if (text is null)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new NightException($"--date {text} is not a date; write it as 2026-11-21.");
    }

    /// <summary>Itself, if every value makes sense.</summary>
    /// <exception cref="NightException">One does not; the message says which and what to write instead.</exception>
    public NightArguments Checked()
    {
        if (Rate is not (>= 1 and <= 100_000))
            throw new NightException(string.Create(CultureInfo.InvariantCulture, $"--rate {Rate} is out of range; it must be 1 to 100000."));
        if (Hours is not null and not (> 0 and <= 48))
            throw new NightException(string.Create(CultureInfo.InvariantCulture, $"--hours {Hours} is out of range; it must be more than 0 and at most 48."));
        if (Fields is not null && !File.Exists(Fields))
            throw new NightException($"--fields {Fields}: there is no such file.");
        if (Configuration is not null && !File.Exists(Configuration))
            throw new NightException($"--config {Configuration}: there is no such file.");
        return this;
    }
}
