using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DataServices.Fits;

/// <summary>
/// Runs astrometry.net's <c>solve-field</c>, which reads a FITS file and writes one with world coordinates, as a child process. It is stopped, with
/// the engine it starts, when its time is over or the call is cancelled; whoever called returns when all of them have ended, so that its directory can be removed.
/// </summary>
public static class SolveField
{
    /// <summary>What to do about fields that no installed index file covers.</summary>
    public const string NarrowFields =
        "Fields narrower than a degree need more index files: apt install astrometry-data-tycho2-07 astrometry-data-tycho2-08 astrometry-data-tycho2-09";

    private const int LongestLastWords = 400;

    // How long the kernel may take to end what was killed. One that a dead disk holds is left behind.
    private static readonly TimeSpan _burial = TimeSpan.FromSeconds(10);

    /// <summary>Solves one file.</summary>
    /// <param name="call">The file and what is known of it.</param>
    /// <param name="directory">A directory of its own, made and removed by the caller.</param>
    /// <param name="clock">Time of the deadline: real time, for the child lives in it.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="SolveFieldMissingException">The program cannot be started.</exception>
    /// <exception cref="TimeoutException">It did not end in time and was stopped.</exception>
    public static async Task<SolveFieldResult> RunAsync(SolveFieldCall call, string directory, TimeProvider clock, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var solution = Path.Combine(directory, call.CopiesFrame ? "solution.new" : "solution.wcs");
        using var process = Start(call, directory, solution);
        using var deadline = new CancellationTokenSource(call.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, deadline.Token);
        // Both pipes must be read, or a talkative child would wait for us for ever. They end when the last of its children has ended.
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var errors = LastWordsAsync(process.StandardError);
        var ended = Task.WhenAll(process.WaitForExitAsync(CancellationToken.None), output, errors);
        try
        {
            await ended.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await Task.WhenAny(ended, Task.Delay(_burial, TimeProvider.System, CancellationToken.None));
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"{call.Program} did not end within {call.Deadline.TotalSeconds:0.#} s and was stopped.");
        }

        return new(File.Exists(solution) ? solution : null, process.ExitCode, await errors);
    }

    private static Process Start(SolveFieldCall call, string directory, string solution)
    {
        var start = new ProcessStartInfo(call.Program, Arguments(call, directory, solution)) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new SolveFieldMissingException(
                $"The plate solver {call.Program} cannot be started: {e.Message}. On Debian and Ubuntu: apt install astrometry.net astrometry-data-tycho2-10-19 "
                + $"(index files for fields from one degree on). {NarrowFields}.",
                e);
        }
    }

    private static List<string> Arguments(SolveFieldCall call, string directory, string solution)
    {
        List<string> arguments =
        [
            "--no-plots", "--overwrite", "--cpulimit", Number(Math.Max(1, Math.Ceiling(call.CpuLimit.TotalSeconds))), "--dir", directory, "--temp-dir", directory,
            "--new-fits", call.CopiesFrame ? solution : "none", "--solved", "none", "--match", "none", "--rdls", "none", "--corr", "none", "--index-xyls", "none",
        ];
        if (!call.CopiesFrame)
            arguments.AddRange(["--wcs", solution]);
        if (call.ConfigFile is { } config)
            arguments.AddRange(["--config", config]);
        if (call.Scale is var (low, high))
            arguments.AddRange(["--scale-units", "arcsecperpix", "--scale-low", Number(low), "--scale-high", Number(high)]);
        if (call.Around is var (ra, dec, radius))
            arguments.AddRange(["--ra", Number(ra), "--dec", Number(dec), "--radius", Number(radius)]);
        return [.. arguments, .. call.Options, call.Input];
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static async Task<string> LastWordsAsync(StreamReader reader)
    {
        var (words, buffer) = ("", new char[4096]);
        for (int count; (count = await reader.ReadAsync(buffer.AsMemory(), CancellationToken.None)) > 0;)
        {
            words += new string(buffer, 0, count);
            words = words[Math.Max(0, words.Length - 2 * LongestLastWords)..];
        }

        words = words.Trim();
        return words[Math.Max(0, words.Length - LongestLastWords)..];
    }
}
