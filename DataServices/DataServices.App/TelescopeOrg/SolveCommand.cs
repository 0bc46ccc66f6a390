using System.CommandLine;
using DataServices.Fits;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>solve</c>: where frames point, from the cache of solutions or by solve-field.</summary>
internal static class SolveCommand
{
    public static Command Create(SiteOptions site)
    {
        var files = new Argument<string[]>("FITS") { Description = "Frames or cubes.", Arity = ArgumentArity.OneOrMore };
        var cache = new Option<string?>("--wcs-cache") { Description = "Root of the cache of solutions. Default: [cache] wcs of the configuration." };
        var program = new Option<string>("--program") { Description = "astrometry.net's solver.", DefaultValueFactory = _ => "solve-field" };
        var limit = new Option<double>("--cpu-limit") { Description = "Processor seconds the solver may use.", DefaultValueFactory = _ => 15 };
        var command = new Command(
            "solve",
            "Solves frames with the local solve-field, or nova.astrometry.net when [astrometry.net] apikey is set and the local one finds nothing; "
            + "what was solved once is read from the cache. Exit code 1 when one has no solution.")
        {
            files, cache, program, limit,
        };
        command.SetAction((parse, cancel) => site.GuardAsync(parse, async output =>
        {
            var config = parse.GetValue(cache) is null || site.HasConfig(parse) ? site.LoadConfig(parse) : null;
            using var nova = (config is null ? TelescopeOrgConfig.EnvironmentKey() : config.AstrometryKey) is { } key ? new NovaSolver(key, site.Nova(parse), TimeProvider.System) : null;
            var solver = new FieldSolver(
                new()
                {
                    Program = parse.GetValue(program)!,
                    CacheDirectory = parse.GetValue(cache) ?? config!.WcsDirectory,
                    CpuLimit = TimeSpan.FromSeconds(parse.GetValue(limit)),
                },
                TimeProvider.System,
                nova);
            var rows = new List<(string File, string? Wcs, double? Ra, double? Dec)>();
            foreach (var file in parse.GetValue(files)!)
            {
                var solution = await solver.SolveAsync(file, cancel);
                rows.Add((file, solution is null ? null : solver.CachePath(file), solution?.Number("CRVAL1"), solution?.Number("CRVAL2")));
            }

            output.Print(
                rows,
                row => new { file = row.File, wcs = row.Wcs, ra_deg = row.Ra, dec_deg = row.Dec },
                ["file", "right ascension (deg)", "declination (deg)", "solution"],
                row => [row.File, $"{row.Ra:0.00000}", $"{row.Dec:0.00000}", row.Wcs ?? "none found"]);
            if (rows.TrueForAll(row => row.Wcs is not null))
                return 0;
            await Console.Error.WriteLineAsync(
                $"No solution for {string.Join(", ", rows.Where(row => row.Wcs is null).Select(row => row.File))}. {SolveField.NarrowFields} (COAST and PIRATE see 43 arcminutes)."
                + (nova is null ? " Or let nova.astrometry.net solve them: put the key of an account there (My Profile, API) into [astrometry.net] apikey or ASTROMETRY_NET_API_KEY." : ""));
            return 1;
        }));
        return command;
    }
}
