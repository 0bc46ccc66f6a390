namespace Sequencer.Imaging;

/// <summary>Measures how far a later frame of the same camera has drifted from the solved pointing image, by its stars alone: much faster than a solve.</summary>
public static class FrameRegistration
{
    // Same camera, same optics: the scale changes only with focus and temperature. The rotation is left free (meridian flip).
    private static readonly MatchOptions Options = new(MinScale: 0.995, MaxScale: 1.005, Tolerance: 2);

    /// <summary>The offset of a frame, or null when too few of its stars are those of the pointing image (then solve the frame instead).</summary>
    /// <param name="pointing">The pointing image, solved.</param>
    /// <param name="stars">The later frame's stars, brightest first.</param>
    public static FrameOffset? Register(PlateSolution pointing, IReadOnlyList<Star> stars)
    {
        ArgumentNullException.ThrowIfNull(pointing);
        ArgumentNullException.ThrowIfNull(stars);
        var match = StarMatcher.Match([.. stars.Select(star => (star.X, star.Y))], [.. pointing.Stars.Select(star => (star.X, star.Y))], Options);
        if (match is null)
            return null;

        var wcs = pointing.Wcs;
        double x = (wcs.Width - 1) / 2.0, y = (wcs.Height - 1) / 2.0;
        // The transform takes this frame's pixels to the pointing image's, where the sky is known; its inverse moves the stars.
        var (sameX, sameY) = match.Transform.Apply(x, y);
        var moved = match.Transform.Inverse();
        var (movedX, movedY) = moved.Apply(x, y);
        var centre = wcs.ToSky(sameX, sameY);
        var (deltaRa, deltaDec) = wcs.Centre.DifferenceTo(centre);
        return new FrameOffset(
            movedX - x, movedY - y, moved.RotationDegrees, centre, deltaRa, deltaDec, wcs.Centre.Separation(centre), match.Pairs.Count, match.Rms);
    }
}
