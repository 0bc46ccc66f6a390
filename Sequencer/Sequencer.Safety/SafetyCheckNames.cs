namespace Sequencer.Safety;

/// <summary>The names of the checks as they stand in records, journal lines and <c>ignore</c> lists.</summary>
public static class SafetyCheckNames
{
    /// <summary>Every check, in the order they are reported.</summary>
    public static IReadOnlyList<SafetyCheck> All { get; } =
        [SafetyCheck.AcPower, SafetyCheck.IsDark, SafetyCheck.GoodWeather, SafetyCheck.FreeSpaceRoot, SafetyCheck.FreeSpaceImages];

    /// <summary>The name of a check, for example <c>good_weather</c>.</summary>
    public static string Name(this SafetyCheck check) => check switch
    {
        SafetyCheck.AcPower => "ac_power",
        SafetyCheck.IsDark => "is_dark",
        SafetyCheck.GoodWeather => "good_weather",
        SafetyCheck.FreeSpaceRoot => "free_space_root",
        SafetyCheck.FreeSpaceImages => "free_space_images",
        _ => throw new ArgumentOutOfRangeException(nameof(check), check, "Not a safety check"),
    };

    /// <summary>Reads the names in an <c>ignore</c> list.</summary>
    /// <param name="names">Names as in <see cref="Name"/>; the case does not matter.</param>
    /// <param name="unknown">The names that are no check; say so to the user and list <see cref="All"/>.</param>
    public static IReadOnlySet<SafetyCheck> Parse(IEnumerable<string> names, out IReadOnlyList<string> unknown)
    {
        ArgumentNullException.ThrowIfNull(names);
        var known = new HashSet<SafetyCheck>();
        var strange = new List<string>();
        foreach (var name in names)
        {
            var found = All.Where(check => string.Equals(check.Name(), name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (found.Count == 1)
                known.Add(found[0]);
            else
                strange.Add(name);
        }
        unknown = strange;
        return known;
    }
}
