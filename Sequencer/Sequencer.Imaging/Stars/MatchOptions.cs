namespace Sequencer.Imaging;

/// <summary>Whether one list may be the mirror image of the other.</summary>
public enum MirrorRule
{
    /// <summary>Both lists have the same handedness (two frames of one camera).</summary>
    Never,

    /// <summary>Not known: both are tried (a frame against the sky).</summary>
    Either,
}

/// <summary>What is known about two star lists before they are matched.</summary>
/// <param name="MinScale">Smallest ratio of the second list's distances to the first's.</param>
/// <param name="MaxScale">Largest such ratio.</param>
/// <param name="Tolerance">How far a star may lie from its partner at first, in units of the second list; the fit shrinks it.</param>
/// <param name="Mirror">Whether mirror images count.</param>
/// <param name="MinMatches">Fewest pairs that are believed.</param>
/// <param name="MaxStars">How many of the brightest stars of each list form triangles. The time grows with the third power.</param>
/// <param name="Affine">Whether the final fit may shear (six parameters) or only turn, scale and shift (four).</param>
public sealed record MatchOptions(
    double MinScale = 0.97,
    double MaxScale = 1.03,
    double Tolerance = 3,
    MirrorRule Mirror = MirrorRule.Never,
    int MinMatches = 6,
    int MaxStars = 40,
    bool Affine = false)
{
    public static MatchOptions Default { get; } = new();
}
