namespace Sequencer.Imaging;

/// <summary>
/// Finds the stars of a frame: sky level and noise on a mesh, connected pixels above the threshold, then centroid, flux and widths of each.
/// Stars that touch above the threshold count as one. Hot pixels are left out. Blocks for some tens of milliseconds on 4 Mpixel.
/// </summary>
public static class StarDetector
{
    // Blobs beyond this many are noise of a frame that is not a sky; measuring them would take seconds.
    private const int OversamplingOfBlobs = 3;

    /// <summary>The stars, brightest first. A Bayer frame is searched in 2 x 2 superpixels; positions and widths are in its own pixels.</summary>
    public static IReadOnlyList<Star> Detect(ImageFrame frame, StarDetectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        options ??= StarDetectorOptions.Default;
        if (!frame.IsBayer)
            return DetectGrey(frame, options);

        var grey = frame.ToSuperpixels();
        // A superpixel's centre lies between its four pixels.
        return [.. DetectGrey(grey, options).Select(star => star with
        {
            X = 2 * star.X + 0.5,
            Y = 2 * star.Y + 0.5,
            Fwhm = 2 * star.Fwhm,
            Hfd = 2 * star.Hfd,
            Flux = 4 * star.Flux,
        })];
    }

    private static List<Star> DetectGrey(ImageFrame frame, StarDetectorOptions options)
    {
        var pixels = frame.Pixels.Span;
        var background = new BackgroundMesh(pixels, frame.Width, frame.Height, options.MeshSize);
        var blobs = new BlobFinder(background, options.Threshold).Find(pixels, frame.Width, frame.Height);
        blobs.Sort((a, b) => b.Excess.CompareTo(a.Excess));

        var stars = new List<Star>();
        foreach (var blob in blobs.Take(options.MaxStars * OversamplingOfBlobs))
        {
            if (StarMeasurement.Measure(pixels, frame.Width, frame.Height, blob, background, frame.Saturation, options.MaxRadius) is { } star)
                stars.Add(star);
        }

        stars.Sort((a, b) => b.Flux.CompareTo(a.Flux));
        return stars.Count > options.MaxStars ? stars[..options.MaxStars] : stars;
    }
}
