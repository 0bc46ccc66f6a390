using System.Globalization;

namespace Alpaca.Simulators.Weather;

/// <summary>What a script makes of the weather at one moment; null leaves a quantity to the seed.</summary>
/// <param name="CloudCover">Percent.</param>
/// <param name="RainRate">Millimetres per hour.</param>
/// <param name="WindSpeed">Metres per second.</param>
/// <param name="Humidity">Percent.</param>
/// <param name="Temperature">Degrees Celsius.</param>
public sealed record ScriptedWeather(
    double? CloudCover = null,
    double? RainRate = null,
    double? WindSpeed = null,
    double? Humidity = null,
    double? Temperature = null);

/// <summary>
/// Weather by script: a pure function of the site's zone time, which is UTC plus the longitude rounded to whole hours (Hawaii: -10 h).
/// </summary>
public abstract record WeatherScript
{
    /// <summary>The scripts that a word names.</summary>
    public const string Known = "clear, changeable, flapping, rain-at HH:MM";

    /// <summary>A night without clouds; temperature, wind and seeing still vary with the seed.</summary>
    public static WeatherScript Clear { get; } = new ClearSky();

    /// <summary>Clouds and showers as the seed has them.</summary>
    public static WeatherScript Changeable { get; } = new SeedDecides();

    /// <summary>Clear, but for an hour around local midnight clouds come and go every 20 s.</summary>
    public static WeatherScript Flapping { get; } = new FlappingClouds();

    /// <summary>Clear, but every day at a zone time clouds close the sky within a minute and it rains for half an hour.</summary>
    public static WeatherScript RainAt(TimeOnly zoneTime) => new DailyRain(zoneTime);

    /// <summary>Values given at instants: each holds until the next; before the first and where none is given, the sky is clear.</summary>
    public static WeatherScript Steps(IEnumerable<(DateTimeOffset From, ScriptedWeather Weather)> steps) =>
        new Timetable([.. steps.OrderBy(s => s.From)]);

    /// <summary>Reads <c>clear</c>, <c>changeable</c>, <c>flapping</c> or <c>rain-at HH:MM</c>.</summary>
    /// <exception cref="FormatException">It is none of these; the message lists them.</exception>
    public static WeatherScript Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Split((char[])[' ', '='], StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["clear"] => Clear,
            ["changeable"] => Changeable,
            ["flapping"] => Flapping,
            ["rain-at", var time] when TimeOnly.TryParseExact(time, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) => RainAt(at),
            ["rain-at", ..] => throw new FormatException($"\"{text}\" needs a time of day, as in: rain-at 01:00"),
            _ => throw new FormatException($"\"{text}\" is not a weather. Known: {Known}."),
        };
    }

    /// <summary>The script's part of the weather.</summary>
    /// <param name="time">UTC.</param>
    /// <param name="zone">The site's zone: what is added to UTC.</param>
    /// <returns>Null where the seed decides everything.</returns>
    internal abstract ScriptedWeather? At(DateTimeOffset time, TimeSpan zone);

    private sealed record ClearSky : WeatherScript
    {
        internal override ScriptedWeather At(DateTimeOffset time, TimeSpan zone) => new(CloudCover: 0, RainRate: 0);
    }

    private sealed record SeedDecides : WeatherScript
    {
        internal override ScriptedWeather? At(DateTimeOffset time, TimeSpan zone) => null;
    }

    private sealed record FlappingClouds : WeatherScript
    {
        internal override ScriptedWeather At(DateTimeOffset time, TimeSpan zone)
        {
            var fromMidnight = SecondsAfter(TimeOnly.MinValue, time, zone);
            var isFlapping = Math.Abs(fromMidnight) < 1800;
            return new(CloudCover: isFlapping && (int)Math.Floor(fromMidnight / 20) % 2 == 0 ? 95 : 0, RainRate: 0);
        }
    }

    private sealed record DailyRain(TimeOnly Begin) : WeatherScript
    {
        private const double CloudsBefore = 60, Lasts = 1800, ClearsIn = 300;

        internal override ScriptedWeather At(DateTimeOffset time, TimeSpan zone)
        {
            var s = SecondsAfter(Begin, time, zone);

            // Up to the first drop the clouds stay below what a safety monitor objects to: the rain itself is the alarm, at its minute.
            return s switch
            {
                < -CloudsBefore or >= Lasts + ClearsIn => new(CloudCover: 0, RainRate: 0),
                < 0 => new(CloudCover: 50 * (s + CloudsBefore) / CloudsBefore, RainRate: 0, Humidity: 60 + (s / 2)),
                < Lasts => new(CloudCover: 100, RainRate: 4 * Math.Min(1, (s + 15) / 60), Humidity: 95),
                _ => new(CloudCover: 100 * (1 - ((s - Lasts) / ClearsIn)), RainRate: 0, Humidity: 80 - (40 * (s - Lasts) / ClearsIn)),
            };
        }
    }

    private sealed record Timetable(IReadOnlyList<(DateTimeOffset From, ScriptedWeather Weather)> Entries) : WeatherScript
    {
        internal override ScriptedWeather At(DateTimeOffset time, TimeSpan zone)
        {
            var weather = new ScriptedWeather(CloudCover: 0, RainRate: 0);
            foreach (var (from, step) in Entries)
            {
                if (from > time)
                    break;
                weather = step with { CloudCover = step.CloudCover ?? 0, RainRate = step.RainRate ?? 0 };
            }

            return weather;
        }
    }

    /// <summary>Seconds since the nearest such time of day, -43200 to 43200.</summary>
    private static double SecondsAfter(TimeOnly begin, DateTimeOffset time, TimeSpan zone)
    {
        var seconds = ((time.UtcDateTime + zone).TimeOfDay - begin.ToTimeSpan()).TotalSeconds;
        return seconds >= 43200 ? seconds - 86400 : seconds < -43200 ? seconds + 86400 : seconds;
    }
}
