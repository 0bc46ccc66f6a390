using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;
using Alpaca.Astronomy.Clocks;

namespace Sequencer.Imaging;

/// <summary>
/// The built-in solver: matches the frame's stars with a star catalogue around the expected position, then fits a tangent projection.
/// Needs a position and a scale to start from. Tens of milliseconds when the hint is good to half a field; farther off it searches
/// field by field outwards. Deterministic, so its limit is a number of fields instead of a time.
/// </summary>
/// <param name="catalogue">The stars to match with.</param>
/// <param name="clock">The observatory's clock.</param>
public sealed class CatalogueSolver(StarCatalogue catalogue, TimeProvider clock) : IPlateSolver
{
    private const int MinStars = 6;
    private const int MaxFields = 400;
    private const int MatchedStars = 45;
    private const int FittedStars = 300;
    private const int FitRounds = 6;
    private const double MatchTolerance = 3;
    private const double MaxRms = 1.5;

    public string Name => "catalogue";

    public async Task<PlateSolution> SolveAsync(PlateSolveRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await clock.ComputeAsync(() => Solve(request, cancel));
    }

    /// <summary>As <see cref="SolveAsync"/>, blocking.</summary>
    public PlateSolution Solve(PlateSolveRequest request, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Centre is not { } hint || request.ArcsecPerPixel is not { } scale)
        {
            throw new SolveException(
                SolveFailure.HintMissing, "The catalogue solver needs the expected position and scale: give both, or solve with astrometry.net.");
        }

        var frame = request.Load();
        var stars = request.Stars ?? StarDetector.Detect(frame);
        if (stars.Count < MinStars)
        {
            throw new SolveException(
                $"The frame shows {stars.Count} stars; solving needs {MinStars}. Look for clouds, a closed cover, a wrong focus or too short an exposure.");
        }

        foreach (var centre in Fields(hint, request.Radius, frame, scale))
        {
            cancel.ThrowIfCancellationRequested();
            if (TryField(frame, stars, centre, scale, request.ScaleTolerance) is { } solution)
                return solution;
        }

        throw new SolveException(
            $"None of the {stars.Count} stars' patterns is found within {request.Radius.Degrees:0.##} degrees of {hint} "
            + $"at {scale:0.###} arcsec per pixel. Check position, scale and the time of the site.");
    }

    // Places half a field apart, outwards: one of them shares at least half of its area with the frame.
    private static IEnumerable<SkyPosition> Fields(SkyPosition hint, Angle radius, ImageFrame frame, double scale)
    {
        yield return hint;
        var step = 0.5 * Math.Min(frame.Width, frame.Height) * scale / 3600;
        var rings = (int)Math.Ceiling(radius.Degrees / step);
        var given = 1;
        var plane = new TangentPlane(hint);
        for (var ring = 1; ring <= rings; ring++)
        {
            var places = 6 * ring;
            for (var i = 0; i < places && given < MaxFields; i++, given++)
            {
                var (sin, cos) = Math.SinCos(Math.Tau * i / places);
                // The plane stretches with the distance; the arc tangent keeps the steps even.
                var distance = double.RadiansToDegrees(Math.Tan(double.DegreesToRadians(Math.Min(80, ring * step))));
                yield return plane.ToSky(distance * sin, distance * cos);
            }
        }
    }

    private PlateSolution? TryField(ImageFrame frame, IReadOnlyList<Star> stars, SkyPosition centre, double scale, double tolerance)
    {
        var halfDiagonal = Angle.FromArcseconds(0.5 * Math.Sqrt((double)frame.Width * frame.Width + (double)frame.Height * frame.Height) * scale);
        var plane = new TangentPlane(centre);
        var degreesPerPixel = scale / 3600;
        // Plane coordinates in units of the expected pixel, so that tolerances mean pixels.
        var sky = Brightest(centre, halfDiagonal, 2 * MatchedStars)
            .Select(star => plane.ToPlane(star.Position))
            .OfType<(double Xi, double Eta)>()
            .Select(place => (place.Xi / degreesPerPixel, place.Eta / degreesPerPixel))
            .ToList();
        var options = new MatchOptions(
            1 - tolerance, 1 + tolerance, MatchTolerance, MirrorRule.Either, MinStars, MatchedStars, Affine: true);
        var match = StarMatcher.Match([.. stars.Take(2 * MatchedStars).Select(star => (star.X, star.Y))], sky, options);
        if (match is null)
            return null;

        double x = (frame.Width - 1) / 2.0, y = (frame.Height - 1) / 2.0;
        SkyPosition SkyAt(double px, double py)
        {
            var (xi, eta) = match.Transform.Apply(px, py);
            return plane.ToSky(xi * degreesPerPixel, eta * degreesPerPixel);
        }

        // North at the frame's centre is not north at the field's, least of all near the pole: take the matrix from a cross of four places.
        var here = new TangentPlane(SkyAt(x, y));
        double armX = frame.Width / 4.0, armY = frame.Height / 4.0;
        var (right, left) = (here.ToPlane(SkyAt(x + armX, y)), here.ToPlane(SkyAt(x - armX, y)));
        var (up, down) = (here.ToPlane(SkyAt(x, y + armY)), here.ToPlane(SkyAt(x, y - armY)));
        if (right is not var (rightXi, rightEta) || left is not var (leftXi, leftEta) || up is not var (upXi, upEta) || down is not var (downXi, downEta))
            return null;
        var start = new WcsSolution(
            frame.Width, frame.Height, here.Centre, x, y,
            (rightXi - leftXi) / (2 * armX), (upXi - downXi) / (2 * armY), (rightEta - leftEta) / (2 * armX), (upEta - downEta) / (2 * armY));
        return Fit(frame, stars, start, match.Pairs.Count);
    }

    // Identifies all stars, fits the plane to them, moves the tangent point to the frame's new centre, and again.
    private PlateSolution? Fit(ImageFrame frame, IReadOnlyList<Star> stars, WcsSolution wcs, int needed)
    {
        var radius = Angle.FromArcseconds(0.52 * Math.Sqrt((double)frame.Width * frame.Width + (double)frame.Height * frame.Height) * wcs.ArcsecPerPixel);
        var expected = Brightest(wcs.Centre, radius, FittedStars).ToList();
        (double X, double Y)[] positions = [.. stars.Select(star => (star.X, star.Y))];
        var grid = new PointGrid(positions, MatchTolerance);
        var limit = MatchTolerance;
        var pairs = new List<PointPair>();
        double rms = 0;
        for (var round = 0; round < FitRounds; round++)
        {
            pairs.Clear();
            var plane = new TangentPlane(wcs.Reference);
            foreach (var star in expected)
            {
                if (wcs.ToPixel(star.Position) is not { } pixel || !wcs.Contains(pixel))
                    continue;
                var nearest = grid.Nearest(pixel.X, pixel.Y, limit);
                if (nearest >= 0 && plane.ToPlane(star.Position) is var (xi, eta))
                    pairs.Add(new PointPair(positions[nearest].X - wcs.ReferenceX, positions[nearest].Y - wcs.ReferenceY, xi, eta));
            }

            if (pairs.Count < MinStars || TransformFit.Affine(pairs.ToArray()) is not { } fit)
                return null;
            rms = Math.Sqrt(pairs.Average(pair => Squared(fit, pair)));
            wcs = wcs with { Reference = plane.ToSky(fit.X0, fit.Y0), Cd11 = fit.Xx, Cd12 = fit.Xy, Cd21 = fit.Yx, Cd22 = fit.Yy };
            limit = Math.Clamp(4 * rms * 3600 / wcs.ArcsecPerPixel, MatchTolerance / 6, MatchTolerance);
        }

        var rmsArcsec = rms * 3600;
        return rmsArcsec <= MaxRms * wcs.ArcsecPerPixel && pairs.Count >= 0.7 * needed
            ? new PlateSolution(wcs, stars, pairs.Count, rmsArcsec, Name)
            : null;
    }

    private IEnumerable<CatalogueStar> Brightest(SkyPosition centre, Angle radius, int count) => catalogue.StarsWithin(centre, radius).Take(count);

    private static double Squared(PlaneTransform fit, PointPair pair)
    {
        var (x, y) = fit.Apply(pair.FromX, pair.FromY);
        return (x - pair.ToX) * (x - pair.ToX) + (y - pair.ToY) * (y - pair.ToY);
    }
}
