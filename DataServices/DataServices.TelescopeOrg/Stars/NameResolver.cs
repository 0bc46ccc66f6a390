using System.Globalization;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>Finds where an object is by its name (Sesame of the CDS, which asks Simbad, NED and VizieR).</summary>
public sealed partial class NameResolver(SkyServiceOptions options, TimeProvider clock) : IDisposable
{
    private readonly SiteConnection _connection = new((options.Connection with { BaseUrl = options.Sesame }).Checked(), clock, "Sesame (CDS)");

    /// <summary>The J2000 position of an object.</summary>
    /// <exception cref="ObservationNotFoundException">No catalogue knows the name.</exception>
    /// <exception cref="SiteUnavailableException">The service cannot be reached.</exception>
    public async Task<SkyPosition> ResolveAsync(string name, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var answer = await _connection.TextAsync(new(HttpMethod.Get, $"cgi-bin/nph-sesame/-oI/SNV?{Uri.EscapeDataString(name.Trim())}"), cancel);
        var match = PositionLine().Match(answer);
        if (!match.Success)
            throw new ObservationNotFoundException($"No catalogue knows an object named \"{name}\": check the spelling, or give right ascension and declination.");
        double Part(string group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        return new SkyPosition(Part("ra") / 15 % 24, Part("dec"));
    }

    public void Dispose() => _connection.Dispose();

    // "%J 325.67829 +43.58610 = 21:42:42.79 +43:35:09.9": degrees, then the same in words.
    [GeneratedRegex(@"^%J\s+(?<ra>\d+(?:\.\d*)?)\s+(?<dec>[+-]?\d+(?:\.\d*)?)", RegexOptions.Multiline)]
    private static partial Regex PositionLine();
}
