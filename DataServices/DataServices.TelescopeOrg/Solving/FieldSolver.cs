using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>
/// Solves frames of the site with the local solve-field, and where that finds nothing or is not installed, with nova.astrometry.net if it is given; keeps the
/// solutions: a frame once solved is not solved again.
/// </summary>
public sealed class FieldSolver(FieldSolverOptions options, TimeProvider clock, NovaSolver? online = null)
{
    // Beyond the processor time: reading, detection and a busy machine.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(60);
    private readonly SolutionCache _cache = new(options.CacheDirectory);

    /// <summary>Where the solution of a frame is, or will be, kept.</summary>
    public string CachePath(string fitsPath) => _cache.PathOf(SolutionCache.KeyOf(fitsPath));

    /// <summary>The header of the solved frame, with its world coordinates; null when none was found, which is not kept.</summary>
    /// <exception cref="TelescopeOrgException">solve-field is not installed and there is no other solver.</exception>
    /// <exception cref="TimeoutException">It did not end in time and was stopped, or the service has no solution yet.</exception>
    public async Task<FitsHeader?> SolveAsync(string fitsPath, CancellationToken cancel = default)
    {
        var key = SolutionCache.KeyOf(fitsPath);
        if (_cache.Find(key) is { } known)
            return known;

        SolveHints hints;
        using (var file = FitsFile.Open(fitsPath))
            hints = SolveHints.FromHeader(file.ReadHeader(file.FirstImage().Index));
        var header = await LocallyAsync(fitsPath, hints, cancel);
        if (header is null && online is not null)
            header = await online.SolveAsync(fitsPath, hints, _cache.PathOf(key) + ".nova", cancel);
        if (header is not null)
            _cache.Store(key, header);
        return header;
    }

    private async Task<FitsHeader?> LocallyAsync(string fitsPath, SolveHints hints, CancellationToken cancel)
    {
        var directory = Directory.CreateTempSubdirectory("telescope-org-solve-");
        try
        {
            var solved = Path.Combine(directory.FullName, "solution.new");
            await RunAsync(Arguments(Path.GetFullPath(fitsPath), directory.FullName, solved, hints), directory.FullName, cancel);
            if (!File.Exists(solved))
                return null;
            using var result = FitsFile.Open(solved);
            var header = result.ReadHeader(result.FirstImage().Index);
            return header.Text("CTYPE1") is null ? null : header;
        }
        catch (SolverMissingException) when (online is not null)
        {
            return null;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private List<string> Arguments(string input, string directory, string solved, SolveHints hints)
    {
        static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        List<string> arguments =
        [
            "--no-plots", "--overwrite", "--cpulimit", Number(Math.Ceiling(options.CpuLimit.TotalSeconds)),
            "--scale-units", "arcsecperpix", "--scale-low", Number(hints.ScaleLow), "--scale-high", Number(hints.ScaleHigh),
            "--dir", directory, "--temp-dir", directory, "--new-fits", solved,
            "--solved", "none", "--match", "none", "--rdls", "none", "--corr", "none", "--index-xyls", "none",
        ];
        if (hints.Position is { } position)
            arguments.AddRange(["--ra", Number(position.RightAscension * 15), "--dec", Number(position.Declination), "--radius", Number(options.RadiusDegrees)]);
        arguments.Add(input);
        return arguments;
    }

    private async Task RunAsync(List<string> arguments, string directory, CancellationToken cancel)
    {
        using var process = Start(arguments, directory);
        using var deadline = new CancellationTokenSource(options.CpuLimit + _grace, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        // Both pipes must be read, or a talkative child would wait for us for ever.
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"{options.Program} did not end within {(options.CpuLimit + _grace).TotalSeconds:0} s and was stopped. Give it a frame with a position in its header.");
        }

        await output;
        await errors;
    }

    private Process Start(List<string> arguments, string directory)
    {
        var start = new ProcessStartInfo(options.Program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new SolverMissingException($"The plate solver {options.Program} cannot be started: {e.Message}. On Debian and Ubuntu: apt install astrometry.net.", e);
        }
    }
}
