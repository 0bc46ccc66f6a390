using System.Globalization;

namespace Sequencer.Safety;

/// <summary>The judgement itself: a pure function of measurements, holds, limits and time.</summary>
public static class SafetyEvaluation
{
    private static readonly IReadOnlySet<SafetyCheck> Nothing = new HashSet<SafetyCheck>();

    /// <summary>Judges all five checks. All ignored checks are evaluated and reported too; they only do not count.</summary>
    public static SafetyVerdict Evaluate(
        SafetyInputs inputs, SafetyHolds holds, SafetyPolicy policy, Darkness darkness, IReadOnlySet<SafetyCheck>? ignore, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(policy);
        ignore ??= Nothing;
        var objections = new Dictionary<SafetyCheck, List<string>>
        {
            [SafetyCheck.AcPower] = Power(inputs, holds, policy, now),
            [SafetyCheck.IsDark] = Dark(policy, darkness),
            [SafetyCheck.GoodWeather] = Weather(inputs, holds, policy, now, out var weatherNow),
            [SafetyCheck.FreeSpaceRoot] = Space(inputs.FreeRootBytes, policy, "the system disk"),
            [SafetyCheck.FreeSpaceImages] = Space(inputs.FreeImagesBytes, policy, "the image disk"),
        };
        var reasons = SafetyCheckNames.All
            .Where(check => !ignore.Contains(check))
            .SelectMany(check => objections[check].Select(text => $"{check.Name()}: {text}"))
            .ToList();
        if (!inputs.Connected)
            reasons.Insert(0, "the observatory is not connected");
        return new SafetyVerdict(objections.ToDictionary(pair => pair.Key, pair => pair.Value.Count == 0))
        {
            Safe = reasons.Count == 0,
            Reasons = reasons,
            Warnings = [.. LowSpace(inputs.FreeRootBytes, policy, "system"), .. LowSpace(inputs.FreeImagesBytes, policy, "image")],
            Ignored = ignore,
            WeatherNow = weatherNow,
            WeatherReleased = weatherNow && (holds.WeatherReleased || policy.SimulateWeather),
            WeatherHoldUntil = holds.WeatherHeldUntil,
        };
    }

    /// <summary>What speaks against the weather at this instant, without any hold.</summary>
    public static IReadOnlyList<string> WeatherObjections(SafetyInputs inputs, SafetyPolicy policy, DateTimeOffset now) =>
        policy.SimulateWeather ? [] : Objections(inputs.Weather, policy.WeatherMaxAge, policy.ClockTolerance, "no weather source is configured", now);

    /// <summary>What speaks against the mains at this instant, without any debounce.</summary>
    public static IReadOnlyList<string> PowerObjections(SafetyInputs inputs, SafetyPolicy policy, DateTimeOffset now) =>
        policy.SimulatePower ? [] : Objections(inputs.Power, policy.PowerMaxAge, policy.ClockTolerance, "AC power not detected: no source is configured", now);

    private static List<string> Objections(
        IReadOnlyList<SafetySource> sources, TimeSpan maxAge, TimeSpan tolerance, string ifNone, DateTimeOffset now) =>
        sources.Count == 0 ? [ifNone] : [.. sources.Select(source => source.Objection(maxAge, tolerance, now)).OfType<string>()];

    private static List<string> Power(SafetyInputs inputs, SafetyHolds holds, SafetyPolicy policy, DateTimeOffset now) =>
        holds.PowerBridged || policy.SimulatePower ? StaleOnly(inputs.Power, policy, now) : [.. PowerObjections(inputs, policy, now).DefaultIfEmpty("AC power has just come back")];

    /// <summary>A bridged flicker is forgiven; measurements that stopped arriving since are not.</summary>
    private static List<string> StaleOnly(IReadOnlyList<SafetySource> sources, SafetyPolicy policy, DateTimeOffset now) =>
        policy.SimulatePower
            ? []
            : [.. sources.Where(source => source.MeasuredAt is { } at && now - at >= policy.PowerMaxAge).Select(source => source.Objection(policy.PowerMaxAge, policy.ClockTolerance, now)).OfType<string>()];

    private static List<string> Dark(SafetyPolicy policy, Darkness darkness) =>
        policy.SimulateNight || darkness.IsDark
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"the Sun is at {darkness.SunAltitudeDegrees:0.0} deg, not below {darkness.HorizonDegrees:0.0} deg")];

    private static List<string> Weather(SafetyInputs inputs, SafetyHolds holds, SafetyPolicy policy, DateTimeOffset now, out bool weatherNow)
    {
        var objections = WeatherObjections(inputs, policy, now).ToList();
        weatherNow = objections.Count == 0;
        if (policy.SimulateWeather || (policy.DomeClosedIsWeatherSafe && inputs.Shutter == ShutterState.Closed))
            return [];
        if (weatherNow && !holds.WeatherReleased)
            objections.Add(holds.WeatherHeldUntil is { } until
                ? string.Create(CultureInfo.InvariantCulture, $"safe again, but held until {until.UtcDateTime:HH:mm:ss} UTC")
                : "safe again, but held");
        return objections;
    }

    private static List<string> Space(long? free, SafetyPolicy policy, string disk) =>
        free is not { } bytes ? [$"cannot read the free space of {disk}"]
        : bytes < policy.RequiredFreeBytes ? [$"{disk} has {Gigabytes(bytes)} free and needs {Gigabytes(policy.RequiredFreeBytes)}"]
        : [];

    private static IEnumerable<string> LowSpace(long? free, SafetyPolicy policy, string disk) =>
        free is { } bytes && bytes >= policy.RequiredFreeBytes && bytes <= policy.LowSpaceFactor * policy.RequiredFreeBytes
            ? [$"the {disk} disk is running low: {Gigabytes(bytes)} free"]
            : [];

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB");
}
