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
    /// <exception cref="SolveFieldMissingException">solve-field is not installed and there is no other solver.</exception>
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
        var call = new SolveFieldCall(Path.GetFullPath(fitsPath), options.CpuLimit, options.CpuLimit + _grace)
        {
            Program = options.Program,
            CopiesFrame = true,
            Scale = (hints.ScaleLow, hints.ScaleHigh),
            Around = hints.Position is { } position ? (position.RightAscension * 15, position.Declination, options.RadiusDegrees) : null,
        };
        try
        {
            return (await SolveField.RunAsync(call, directory.FullName, clock, cancel)).ReadHeader();
        }
        catch (SolveFieldMissingException) when (online is not null)
        {
            return null;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} Give it a frame with a position in its header.", e);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
