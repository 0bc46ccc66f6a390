namespace Sequencer.Safety;

/// <summary>The answer to "is it safe", with everything it rests on.</summary>
public sealed record SafetyVerdict
{
    private readonly IReadOnlyDictionary<SafetyCheck, bool> _checks;

    internal SafetyVerdict(IReadOnlyDictionary<SafetyCheck, bool> checks) => _checks = checks;

    /// <summary>True when every check that was not ignored passed.</summary>
    public required bool Safe { get; init; }

    /// <summary>Why it is not safe, one sentence per cause, each beginning with the check's name; empty when safe.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What is still safe but will not stay so (disk space running low).</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The checks that were left out of <see cref="Safe"/>.</summary>
    public required IReadOnlySet<SafetyCheck> Ignored { get; init; }

    /// <summary>True when all weather sources are fresh and safe at this instant, whatever the hold says.</summary>
    public required bool WeatherNow { get; init; }

    /// <summary>True when <see cref="WeatherNow"/> and the hold is over: the weather to open a dome in, also while the dome is closed.</summary>
    public required bool WeatherReleased { get; init; }

    /// <summary>When the weather hold ends if the weather stays safe; null when nothing is being held.</summary>
    public required DateTimeOffset? WeatherHoldUntil { get; init; }

    /// <summary>The outcome of one check, ignored or not.</summary>
    public bool this[SafetyCheck check] => _checks[check];

    /// <summary>The mains are on.</summary>
    public bool AcPower => this[SafetyCheck.AcPower];

    /// <summary>It is dark enough.</summary>
    public bool IsDark => this[SafetyCheck.IsDark];

    /// <summary>The weather is good and has been for the safety delay.</summary>
    public bool GoodWeather => this[SafetyCheck.GoodWeather];

    /// <summary>The system disk has room.</summary>
    public bool FreeSpaceRoot => this[SafetyCheck.FreeSpaceRoot];

    /// <summary>The disk of the images has room.</summary>
    public bool FreeSpaceImages => this[SafetyCheck.FreeSpaceImages];

    /// <summary>The <c>safety</c> record: check name to outcome, in the fixed order.</summary>
    public IEnumerable<KeyValuePair<string, bool>> Checks => SafetyCheckNames.All.Select(check => KeyValuePair.Create(check.Name(), this[check]));
}
