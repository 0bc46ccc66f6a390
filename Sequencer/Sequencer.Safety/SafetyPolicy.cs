namespace Sequencer.Safety;

/// <summary>The limits that safety is judged by. The defaults are the ones to keep unless the site demands otherwise.</summary>
public sealed record SafetyPolicy
{
    /// <summary>A weather answer of this age is stale, hence unsafe.</summary>
    public TimeSpan WeatherMaxAge { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long the weather must be continuously safe after an unsafe answer before it counts as safe again.</summary>
    public TimeSpan WeatherHold { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A power answer of this age is stale, hence no power.</summary>
    public TimeSpan PowerMaxAge { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long the mains may be away before that counts: a UPS bridges a flicker.</summary>
    public TimeSpan PowerDebounce { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far in the future a measurement may lie.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Free bytes that each of the two disks must have. 1 GB is 10⁹ bytes.</summary>
    public long RequiredFreeBytes { get; init; } = 250_000_000;

    /// <summary>Up to this multiple of <see cref="RequiredFreeBytes"/> the verdict carries a warning.</summary>
    public double LowSpaceFactor { get; init; } = 1.5;

    /// <summary>Whether bad weather counts as safe while the shutter is verified closed. It never lets the dome open.</summary>
    public bool DomeClosedIsWeatherSafe { get; init; }

    /// <summary>The <c>power</c> simulator: the mains count as on.</summary>
    public bool SimulatePower { get; init; }

    /// <summary>The <c>night</c> simulator: it always counts as dark.</summary>
    public bool SimulateNight { get; init; }

    /// <summary>The <c>weather</c> simulator: the weather counts as good.</summary>
    public bool SimulateWeather { get; init; }
}
