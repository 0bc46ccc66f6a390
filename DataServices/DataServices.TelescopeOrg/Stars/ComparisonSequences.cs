using System.Globalization;
using System.Text.Json;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>Comparison sequences of variable stars from the AAVSO's plotter, kept as the service's own JSON under <c>root/STAR_FOV_LIMIT.json</c>.</summary>
public sealed class ComparisonSequences(SkyServiceOptions options, TimeProvider clock) : IDisposable
{
    private const string Site = "AAVSO (VSP)", Page = "vsp/api/chart/";
    private readonly SiteConnection _connection = new((options.Connection with { BaseUrl = options.Plotter }).Checked(), clock, Site);

    /// <summary>The comparison stars around a star.</summary>
    /// <param name="star">Name of the variable star.</param>
    /// <param name="fieldArcmin">Width of the field, arcminutes, more than 0 and at most 1200.</param>
    /// <param name="limitingMagnitude">Faintest magnitude.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ObservationNotFoundException">The AAVSO does not know the star.</exception>
    /// <exception cref="SiteUnavailableException">The service cannot be reached and the cache has no sequence.</exception>
    public async Task<ComparisonSequence> GetAsync(string star, double fieldArcmin = 60, double limitingMagnitude = 14.5, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(star);
        if (fieldArcmin is not (> 0 and <= 1200))
            throw new ArgumentException($"A field of {fieldArcmin} arcmin cannot be charted: give more than 0 and at most 1200.");
        if (!double.IsFinite(limitingMagnitude))
            throw new ArgumentException($"{limitingMagnitude} is no magnitude.");
        var path = PathOf(star, fieldArcmin, limitingMagnitude);
        if (File.Exists(path) && clock.GetUtcNow() - File.GetLastWriteTimeUtc(path) < options.MaxAge)
            return Parse(await File.ReadAllTextAsync(path, cancel));
        try
        {
            var text = await _connection.TextAsync(
                new(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{Page}?format=json&star={Uri.EscapeDataString(star.Trim())}&fov={fieldArcmin}&maglimit={limitingMagnitude}")), cancel);
            var sequence = Parse(text);
            Directory.CreateDirectory(options.CacheDirectory);
            AtomicFile.Write(path, temporary => File.WriteAllText(temporary, text), overwrite: true);
            return sequence;
        }
        catch (SiteUnavailableException e) when (e.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.BadRequest)
        {
            throw new ObservationNotFoundException($"The AAVSO has no chart of \"{star}\": check the spelling.", e);
        }
        catch (SiteUnavailableException) when (File.Exists(path))
        {
            // An old sequence is better than none: comparison stars hardly change.
            return Parse(await File.ReadAllTextAsync(path, cancel));
        }
    }

    /// <summary>Where a sequence is kept.</summary>
    public string PathOf(string star, double fieldArcmin, double limitingMagnitude)
    {
        ArgumentNullException.ThrowIfNull(star);
        var name = string.Concat(star.Trim().Select(c => char.IsLetterOrDigit(c) || c is '-' or '+' ? c : '_'));
        return Path.GetFullPath(Path.Combine(options.CacheDirectory, string.Create(CultureInfo.InvariantCulture, $"{name}_{fieldArcmin}_{limitingMagnitude}.json")));
    }

    public void Dispose() => _connection.Dispose();

    private static ComparisonSequence Parse(string text)
    {
        JsonElement chart;
        try
        {
            using var document = JsonDocument.Parse(text);
            chart = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new SiteFormatException($"{Site}: {Page}", "it did not answer with JSON", text);
        }

        if (chart.Member("photometry") is not { ValueKind: JsonValueKind.Array } stars)
            throw new SiteFormatException($"{Site}: {Page}", "the chart has no \"photometry\"", text);
        return new(
            chart.Text("star") ?? "",
            chart.Text("chartid") ?? "",
            PositionOf(chart),
            Number(chart, "fov") ?? 0,
            Number(chart, "maglimit") ?? 0,
            [.. stars.EnumerateArray().Select(Star).OfType<ComparisonStar>().OrderBy(star => double.TryParse(star.Label, CultureInfo.InvariantCulture, out var label) ? label : double.MaxValue)]);
    }

    private static ComparisonStar? Star(JsonElement entry)
    {
        if (PositionOf(entry) is not { } position)
            return null;
        var magnitudes = new Dictionary<string, StarMagnitude>();
        if (entry.Member("bands") is { ValueKind: JsonValueKind.Array } bands)
        {
            foreach (var band in bands.EnumerateArray())
            {
                if (band.Text("band") is { } name && Number(band, "mag") is { } magnitude)
                    magnitudes[name] = new(magnitude, Number(band, "error"));
            }
        }

        return new(entry.Text("auid") ?? "", position, entry.Text("label") ?? "", magnitudes, entry.Text("comments") ?? "");
    }

    private static SkyPosition? PositionOf(JsonElement entry) => SkyPosition.TryParse($"{entry.Text("ra")} {entry.Text("dec")}");

    private static double? Number(JsonElement entry, string name) =>
        double.TryParse(entry.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
