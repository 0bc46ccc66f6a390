using Alpaca.Astronomy;
using Alpaca.Astronomy.Clocks;
using Sequencer.Imaging;

namespace Sequencer.Core.Pointing;

/// <summary>Finds out where frames look: stars, plate solutions, and registration against a frame that is solved already.</summary>
public sealed class FrameAstrometry(IPlateSolver solver, TimeProvider clock)
{
    /// <summary>Fewer stars are not worth a search of the sky: clouds, a closed dome.</summary>
    public const int FewestStars = 8;

    /// <summary>How a registered frame was placed, where a solver's name would stand.</summary>
    public const string Registration = "registration";

    /// <summary>Real time a solver may take.</summary>
    public TimeSpan SolverTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How far from where it should be a frame is looked for.</summary>
    public Angle Radius { get; init; } = Angle.FromDegrees(15);

    /// <summary>Finds the stars of a frame, brightest first.</summary>
    public async Task<IReadOnlyList<Star>> DetectAsync(ImageFrame frame) => await clock.ComputeAsync(() => StarDetector.Detect(frame));

    /// <summary>Solves a frame.</summary>
    /// <param name="near">Where it should look.</param>
    /// <param name="radius">How far from there it may look; null for the whole <see cref="Radius"/>.</param>
    /// <param name="arcsecPerPixel">Size of a binned pixel on the sky, if the optics are known.</param>
    /// <returns>The solution, or why there is none.</returns>
    public async Task<(PlateSolution? Solution, string? Problem)> SolveAsync(
        ImageFrame frame, IReadOnlyList<Star> stars, SkyPosition near, Angle? radius, double? arcsecPerPixel, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(stars);
        if (stars.Count < FewestStars) return (null, $"the frame shows {stars.Count} stars; a solution needs {FewestStars} (clouds? dome closed? out of focus?)");
        try
        {
            var request = PlateSolveRequest.ForFrame(frame) with
            {
                Stars = stars,
                Centre = near,
                Radius = radius ?? Radius,
                ArcsecPerPixel = arcsecPerPixel,
                Timeout = SolverTimeout,
            };
            return (await solver.SolveAsync(request, cancel), null);
        }
        catch (Exception error) when (error is SolveException or IOException)
        {
            return (null, error.Message);
        }
    }

    /// <summary>Places a frame by the stars that it shares with a solved frame of the same camera; null if too few agree.</summary>
    public async Task<PlateSolution?> RegisterAsync(IReadOnlyList<Star> stars, PlateSolution reference) =>
        stars.Count < FewestStars ? null : await clock.ComputeAsync(() => Register(stars, reference));

    private static PlateSolution? Register(IReadOnlyList<Star> stars, PlateSolution reference)
    {
        if (FrameRegistration.Register(reference, stars) is not { } offset) return null;
        var wcs = Moved(reference.Wcs, offset);
        return new PlateSolution(wcs, stars, offset.MatchedStars, offset.RmsPixels * wcs.ArcsecPerPixel, Registration);
    }

    /// <summary>The same tangent plane seen from the pixels of the later frame: the reference pixel moves with the stars, the axes turn with them.</summary>
    private static WcsSolution Moved(WcsSolution wcs, FrameOffset offset)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(offset.RotationDegrees));
        double cx = (wcs.Width - 1) / 2.0, cy = (wcs.Height - 1) / 2.0;
        double x = wcs.ReferenceX - cx, y = wcs.ReferenceY - cy;
        return wcs with
        {
            ReferenceX = cx + offset.Dx + (cos * x) - (sin * y),
            ReferenceY = cy + offset.Dy + (sin * x) + (cos * y),
            Cd11 = (wcs.Cd11 * cos) - (wcs.Cd12 * sin),
            Cd12 = (wcs.Cd11 * sin) + (wcs.Cd12 * cos),
            Cd21 = (wcs.Cd21 * cos) - (wcs.Cd22 * sin),
            Cd22 = (wcs.Cd21 * sin) + (wcs.Cd22 * cos),
        };
    }
}
