using System.CommandLine;
using System.Globalization;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>sequence</c>: the comparison stars around a variable one.</summary>
internal static class SequenceCommand
{
    public static Command Create(SiteOptions site)
    {
        var star = new Argument<string>("STAR") { Description = "Name of the variable star, for example \"SS Cyg\"." };
        var field = new Option<double>("--fov") { Description = "Width of the field, arcminutes.", DefaultValueFactory = _ => 60 };
        var limit = new Option<double>("--limit") { Description = "Faintest magnitude.", DefaultValueFactory = _ => 14.5 };
        var cache = new Option<string?>("--seq-cache") { Description = "Root of the cache of sequences. Default: [cache] seq of the configuration." };
        var command = new Command("sequence", "Lists the AAVSO's comparison stars around a variable star; what was fetched once is read from the cache for 90 days.") { star, field, limit, cache };
        command.SetAction((parse, cancel) => site.GuardAsync(parse, async output =>
        {
            var options = site.SkyServices(parse) with { CacheDirectory = parse.GetValue(cache) ?? site.LoadConfig(parse).SequenceDirectory };
            using var sequences = new ComparisonSequences(options, TimeProvider.System);
            var sequence = await sequences.GetAsync(parse.GetValue(star)!, parse.GetValue(field), parse.GetValue(limit), cancel);
            var bands = sequence.Stars.SelectMany(found => found.Magnitudes.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
            output.Print(
                new
                {
                    star = sequence.Star,
                    chartid = sequence.ChartId,
                    position = sequence.Position?.ToString(),
                    fov = sequence.FieldArcmin,
                    maglimit = sequence.LimitingMagnitude,
                    stars = sequence.Stars.Select(found => new { auid = found.Id, position = found.Position.ToString(), label = found.Label, bands = found.Magnitudes, comments = found.Comments }),
                },
                () =>
                {
                    Console.WriteLine($"{sequence.Star}: chart {sequence.ChartId}");
                    Output.Table(
                        ["AUID", "position", "label", .. bands],
                        sequence.Stars.Select(found => (string?[])[found.Id, found.Position.ToString(), found.Label, .. bands.Select(band => Magnitude(found.Magnitudes.GetValueOrDefault(band)))]));
                });
            return 0;
        }));
        return command;
    }

    private static string? Magnitude(StarMagnitude? magnitude) => magnitude is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{magnitude.Value:0.000}{(magnitude.Error is { } error ? $" ({error:0.000})" : "")}");
}
