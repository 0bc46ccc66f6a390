namespace DataServices.Fits.Tests;

/// <summary>The child process: a script stands in for solve-field; what it is given and how it is ended is the contract.</summary>
public sealed class SolveFieldTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task It_is_given_what_is_known_and_its_solution_is_read()
    {
        var solution = _directory.File("template");
        FitsWriter.WriteImage<short>(solution, new short[4], 2, 2, new FitsHeader().Set("CTYPE1", "RA---TAN").Set("CRVAL1", 12.5));
        var call = Call($"echo \"$*\" >arguments; cp '{solution}' solution.wcs") with
        {
            CpuLimit = TimeSpan.FromSeconds(0.2),
            Scale = (1, 2.5),
            Around = (83.82, -5.39, 2),
            ConfigFile = "my.cfg",
            Options = ["--downsample", "2"],
        };
        var result = await SolveField.RunAsync(call, _directory.Path, TimeProvider.System);
        Assert.Equal(12.5, result.ReadHeader()!.Number("CRVAL1"));
        var arguments = await File.ReadAllTextAsync(_directory.File("arguments"));
        foreach (var expected in new[] { "--no-plots --overwrite --cpulimit 1 ", "--scale-units arcsecperpix --scale-low 1 --scale-high 2.5 ", "--ra 83.82 --dec -5.39 --radius 2 ", "--config my.cfg ", "--downsample 2 frame.fits\n" })
            Assert.Contains(expected, arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_solution_its_last_words_are_kept_however_much_it_says()
    {
        var result = await SolveField.RunAsync(Call("i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789; echo 0123456789012345678901234567890123456789 >&2; i=$((i+1)); done; echo no stars >&2; exit 3"), _directory.Path, TimeProvider.System);
        Assert.Equal((null, 3), (result.SolutionPath, result.ExitCode));
        Assert.Null(result.ReadHeader());
        Assert.EndsWith("no stars", result.LastWords, StringComparison.Ordinal);
        Assert.InRange(result.LastWords.Length, 300, 400);
    }

    [Fact]
    public async Task Its_time_ends_it_and_all_that_it_started()
    {
        // The child's child writes for ever: had it survived, the directory could not be removed afterwards.
        var call = Call("sh -c 'while :; do : >>noise; done' & wait") with { Deadline = TimeSpan.FromSeconds(1) };
        var error = await Assert.ThrowsAsync<TimeoutException>(() => SolveField.RunAsync(call, _directory.Path, TimeProvider.System));
        Assert.Contains("within 1 s", error.Message, StringComparison.Ordinal);
        Assert.Empty(Survivors());
    }

    [Fact]
    public async Task Cancelling_ends_it_too()
    {
        using var cancel = new CancellationTokenSource();
        var running = SolveField.RunAsync(Call(": >begun; sleep 3600"), _directory.Path, TimeProvider.System, cancel.Token);
        while (!File.Exists(_directory.File("begun")))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(Survivors());
    }

    [Fact]
    public async Task A_missing_program_is_named_with_the_packages_of_solver_and_index_files()
    {
        var error = await Assert.ThrowsAsync<SolveFieldMissingException>(() => SolveField.RunAsync(Call("") with { Program = "no-such-solver" }, _directory.Path, TimeProvider.System));
        Assert.Contains("no-such-solver", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt install astrometry.net astrometry-data-tycho2-10-19", error.Message, StringComparison.Ordinal);
        Assert.Contains("astrometry-data-tycho2-07", error.Message, StringComparison.Ordinal);
    }

    private SolveFieldCall Call(string script) =>
        new("frame.fits", TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(10)) { Program = ShellScript.Create(_directory.File("solver"), script) };

    // Processes (Linux) whose working directory is the run's.
    private List<string> Survivors() => [.. Directory.GetDirectories("/proc").Where(entry => char.IsAsciiDigit(Path.GetFileName(entry)[0])).Where(entry =>
    {
        try
        {
            return Directory.ResolveLinkTarget(Path.Combine(entry, "cwd"), returnFinalTarget: false)?.FullName.StartsWith(_directory.Path, StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    })];
}
