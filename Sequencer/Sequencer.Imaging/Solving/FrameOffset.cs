using Alpaca.Astronomy;

namespace Sequencer.Imaging;

/// <summary>How a frame lies relative to the pointing image.</summary>
/// <param name="Dx">How far the stars have moved along x at the frame's centre, pixels (this frame minus pointing image).</param>
/// <param name="Dy">How far the stars have moved along y at the frame's centre, pixels.</param>
/// <param name="RotationDegrees">How far the stars have turned from x towards y, degrees.</param>
/// <param name="Centre">The sky at this frame's centre.</param>
/// <param name="DeltaRa">Right ascension of this frame's centre minus the pointing image's: plain difference, without the cosine of the declination.</param>
/// <param name="DeltaDec">Declination of this frame's centre minus the pointing image's.</param>
/// <param name="Separation">Great-circle distance between the two centres.</param>
/// <param name="MatchedStars">Number of stars found in both.</param>
/// <param name="RmsPixels">Root mean square distance of those stars after the fit, pixels.</param>
public sealed record FrameOffset(
    double Dx,
    double Dy,
    double RotationDegrees,
    SkyPosition Centre,
    Angle DeltaRa,
    Angle DeltaDec,
    Angle Separation,
    int MatchedStars,
    double RmsPixels);
