using Alpaca.Astronomy;

namespace Sequencer.Imaging;

/// <summary>A frame to be placed on the sky and what is known about it beforehand.</summary>
public sealed record PlateSolveRequest
{
    private PlateSolveRequest(string? path, ImageFrame? frame)
    {
        FitsPath = path;
        Frame = frame;
    }

    /// <summary>The FITS file of the frame, when that is how it was given.</summary>
    public string? FitsPath { get; }

    /// <summary>The frame in memory, when that is how it was given.</summary>
    public ImageFrame? Frame { get; }

    /// <summary>The frame's stars, brightest first, when they have been detected already; saves doing it again.</summary>
    public IReadOnlyList<Star>? Stars { get; init; }

    /// <summary>Where the frame's centre should be.</summary>
    public SkyPosition? Centre { get; init; }

    /// <summary>How far from <see cref="Centre"/> it may be.</summary>
    public Angle Radius { get; init; } = Angle.FromDegrees(15);

    /// <summary>Expected scale, arcseconds per pixel.</summary>
    public double? ArcsecPerPixel { get; init; }

    /// <summary>Relative uncertainty of <see cref="ArcsecPerPixel"/>.</summary>
    public double ScaleTolerance { get; init; } = 0.05;

    /// <summary>Real time after which a solver gives up.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A frame on disk (plain or tile-compressed FITS).</summary>
    public static PlateSolveRequest ForFile(string fitsPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(fitsPath);
        return new PlateSolveRequest(fitsPath, null);
    }

    /// <summary>A frame in memory.</summary>
    public static PlateSolveRequest ForFrame(ImageFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return new PlateSolveRequest(null, frame);
    }

    /// <summary>The frame, read from its file if need be. Blocks.</summary>
    internal ImageFrame Load() => Frame ?? ImageFrame.FromFits(FitsPath!);
}
