using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Alpaca.Astronomy.Clocks;
using DataServices.Fits;

namespace Sequencer.Imaging;

/// <summary>
/// Solves with a local astrometry.net (<c>solve-field</c> as a child process in a directory of its own, removed afterwards). Works without hints,
/// and faster with them. The process is killed, with its children, when the time is over or the call is cancelled; that deadline is real
/// time, during which the observatory's clock is held.
/// </summary>
public sealed class AstrometryNetSolver(TimeProvider clock, AstrometryNetOptions? options = null) : IPlateSolver
{
    private const int MinStars = 5;
    private const int ListedStars = 200;
    private const int MaxDiagnosis = 400;
    private readonly AstrometryNetOptions _options = options ?? new AstrometryNetOptions();

    public string Name => "astrometry.net";

    public async Task<PlateSolution> SolveAsync(PlateSolveRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancel.ThrowIfCancellationRequested();
        var directory = Path.Combine(_options.TemporaryFolder ?? Path.GetTempPath(), $"solve-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        try
        {
            var (frame, stars) = await clock.ComputeAsync(() => Prepare(request, directory));
            await RunAsync(directory, frame, request, cancel);
            var wcs = await clock.ComputeAsync(() => ReadSolution(directory, frame));
            return new PlateSolution(wcs, stars, null, null, Name);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private (ImageFrame Frame, IReadOnlyList<Star> Stars) Prepare(PlateSolveRequest request, string directory)
    {
        var frame = request.Load();
        var stars = request.Stars ?? StarDetector.Detect(frame);
        if (stars.Count < MinStars)
        {
            throw new SolveException(
                $"The frame shows {stars.Count} stars; solving needs {MinStars}. Look for clouds, a closed cover, a wrong focus or too short an exposure.");
        }

        var input = Path.Combine(directory, InputName);
        using var file = FitsFile.Create(input);
        if (_options.Input == AstrometryInput.Picture)
        {
            file.AppendImage(frame.Pixels.Span, [frame.Width, frame.Height], new FitsHeader(), new FitsWriteOptions(Checksum: false));
        }
        else
        {
            var listed = stars.Take(ListedStars).ToList();
            file.AppendTable("STARS",
            [
                ("X", [.. listed.Select(star => star.X + 1)]),
                ("Y", [.. listed.Select(star => star.Y + 1)]),
                ("FLUX", [.. listed.Select(star => star.Flux)]),
            ]);
        }

        file.Close();
        return (frame, stars);
    }

    private const string InputName = "frame.fits";
    private const string SolutionName = "frame.wcs";

    private async Task RunAsync(string directory, ImageFrame frame, PlateSolveRequest request, CancellationToken cancel)
    {
        using var hold = clock.Hold();
        using var process = Start(directory, frame, request);
        using var deadline = new CancellationTokenSource(request.Timeout, TimeProvider.System);
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
            throw new SolveException(
                SolveFailure.Timeout, $"astrometry.net found no solution within {request.Timeout.TotalSeconds:0} s. Give a position and a scale, or more time.");
        }

        await output;
        if (!File.Exists(Path.Combine(directory, SolutionName)))
            throw new SolveException(Diagnosis(process.ExitCode, await errors, request));
    }

    private Process Start(string directory, ImageFrame frame, PlateSolveRequest request)
    {
        var start = new ProcessStartInfo(_options.Program, Arguments(directory, frame, request))
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new SolveException(
                SolveFailure.ProgramMissing,
                $"The plate solver {_options.Program} is not installed. On Debian and Ubuntu: apt install astrometry.net astrometry-data-tycho2-10-19 "
                + "(fields from one degree on; narrower ones also need astrometry-data-tycho2-07 to -09).");
        }
    }

    private List<string> Arguments(string directory, ImageFrame frame, PlateSolveRequest request)
    {
        static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        List<string> arguments =
        [
            "--no-plots", "--overwrite", "--crpix-center", "--no-verify", "--no-remove-lines", "--uniformize", "0", "--tweak-order", "1",
            "--dir", directory, "--temp-dir", directory, "--wcs", SolutionName, "--cpulimit", Number(Math.Max(1, Math.Ceiling(request.Timeout.TotalSeconds))),
            "--new-fits", "none", "--solved", "none", "--match", "none", "--rdls", "none", "--corr", "none", "--index-xyls", "none",
        ];
        if (_options.ConfigFile is { } config)
            arguments.AddRange(["--config", config]);
        if (_options.Input == AstrometryInput.Picture)
            arguments.AddRange(["--downsample", "2"]);
        else
            arguments.AddRange(["--width", Number(frame.Width), "--height", Number(frame.Height), "--x-column", "X", "--y-column", "Y", "--sort-column", "FLUX"]);
        if (request.Centre is { } centre)
        {
            arguments.AddRange(["--ra", Number(centre.RightAscension.Wrapped().Degrees), "--dec", Number(centre.Declination.Degrees)]);
            arguments.AddRange(["--radius", Number(request.Radius.Degrees)]);
        }

        if (request.ArcsecPerPixel is { } scale)
        {
            arguments.AddRange(["--scale-units", "arcsecperpix", "--scale-low", Number(scale * (1 - request.ScaleTolerance))]);
            arguments.AddRange(["--scale-high", Number(scale * (1 + request.ScaleTolerance))]);
        }

        arguments.Add(InputName);
        return arguments;
    }

    private static string Diagnosis(int exitCode, string errors, PlateSolveRequest request)
    {
        var where = request.Centre is { } centre ? $" within {request.Radius.Degrees:0.##} degrees of {centre}" : "";
        var scale = request.ArcsecPerPixel is { } value ? $" at {value:0.###} arcsec per pixel" : "";
        var last = errors.Trim();
        if (last.Length > MaxDiagnosis)
            last = last[^MaxDiagnosis..];
        return $"astrometry.net found no solution{where}{scale} (exit code {exitCode})."
            + (exitCode == 0 ? " Check focus, clouds and the hints." : $" Its last words: {last}");
    }

    private static WcsSolution ReadSolution(string directory, ImageFrame frame)
    {
        using var file = FitsFile.Open(Path.Combine(directory, SolutionName));
        return WcsSolution.FromHeader(file.ReadHeader(), frame.Width, frame.Height)
            ?? throw new SolveException("astrometry.net wrote a solution without a celestial tangent projection.");
    }
}
