using Alpaca.Astronomy;

namespace Sequencer.Imaging;

/// <summary>A solved frame.</summary>
/// <param name="Wcs">Pixels to sky.</param>
/// <param name="Stars">The stars the frame showed, brightest first: what later frames are registered against.</param>
/// <param name="MatchedStars">How many of them were identified, null when the solver does not say.</param>
/// <param name="RmsArcsec">Root mean square distance of identified stars from their catalogue places, null when the solver does not say.</param>
/// <param name="Solver">Name of the solver.</param>
public sealed record PlateSolution(WcsSolution Wcs, IReadOnlyList<Star> Stars, int? MatchedStars, double? RmsArcsec, string Solver)
{
    /// <summary>The sky at the middle of the frame.</summary>
    public SkyPosition Centre => Wcs.Centre;
}
