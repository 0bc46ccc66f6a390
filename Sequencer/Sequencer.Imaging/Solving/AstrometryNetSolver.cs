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
    private const string InputName = "frame.fits";

    // A tangent plane with its reference at the frame's centre; no star of the short, clean lists is set aside.
    private static readonly string[] Tuning = ["--crpix-center", "--no-verify", "--no-remove-lines", "--uniformize", "0", "--tweak-order", "1"];
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
            var result = await RunAsync(directory, frame, request, cancel);
            var wcs = await clock.ComputeAsync(() => ReadSolution(result, frame, request));
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

    private async Task<SolveFieldResult> RunAsync(string directory, ImageFrame frame, PlateSolveRequest request, CancellationToken cancel)
    {
        var call = new SolveFieldCall(InputName, request.Timeout, request.Timeout)
        {
            Program = _options.Program,
            ConfigFile = _options.ConfigFile,
            Scale = request.ArcsecPerPixel is { } scale ? (scale * (1 - request.ScaleTolerance), scale * (1 + request.ScaleTolerance)) : null,
            Around = request.Centre is { } centre ? (centre.RightAscension.Wrapped().Degrees, centre.Declination.Degrees, request.Radius.Degrees) : null,
            Options = [.. Tuning, .. Input(frame)],
        };
        using var hold = clock.Hold();
        try
        {
            return await SolveField.RunAsync(call, directory, TimeProvider.System, cancel);
        }
        catch (SolveFieldMissingException e)
        {
            throw new SolveException(SolveFailure.ProgramMissing, e.Message);
        }
        catch (TimeoutException)
        {
            throw new SolveException(
                SolveFailure.Timeout, $"astrometry.net found no solution within {request.Timeout.TotalSeconds:0} s. Give a position and a scale, or more time.");
        }
    }

    private string[] Input(ImageFrame frame) => _options.Input == AstrometryInput.Picture
        ? ["--downsample", "2"]
        : ["--width", Number(frame.Width), "--height", Number(frame.Height), "--x-column", "X", "--y-column", "Y", "--sort-column", "FLUX"];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Diagnosis(SolveFieldResult result, PlateSolveRequest request)
    {
        var where = request.Centre is { } centre ? $" within {request.Radius.Degrees:0.##} degrees of {centre}" : "";
        var scale = request.ArcsecPerPixel is { } value ? $" at {value:0.###} arcsec per pixel" : "";
        return $"astrometry.net found no solution{where}{scale} (exit code {result.ExitCode})."
            + (result.ExitCode == 0 ? " Check focus, clouds and the hints." : $" Its last words: {result.LastWords}");
    }

    private static WcsSolution ReadSolution(SolveFieldResult result, ImageFrame frame, PlateSolveRequest request)
    {
        if (result.SolutionPath is null)
            throw new SolveException(Diagnosis(result, request));
        return result.ReadHeader() is { } header && WcsSolution.FromHeader(header, frame.Width, frame.Height) is { } wcs
            ? wcs
            : throw new SolveException("astrometry.net wrote a solution without a celestial tangent projection.");
    }
}
