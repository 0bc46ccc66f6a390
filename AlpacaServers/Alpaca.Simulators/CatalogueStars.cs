using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;

namespace Alpaca.Simulators;

/// <summary>The simulated sky from a star catalogue, which is loaded when the first frame needs it unless someone asked before.</summary>
public sealed class CatalogueStars(Lazy<StarCatalogue> catalogue) : IStarSource
{
    /// <summary>A catalogue that is loaded already.</summary>
    public CatalogueStars(StarCatalogue catalogue)
        : this(new Lazy<StarCatalogue>(catalogue))
    {
    }

    public IReadOnlyList<SimulatedStar> Within(SkyPosition centre, Angle radius)
    {
        var found = new List<CatalogueStar>();
        catalogue.Value.StarsWithin(centre, radius, found);
        return [.. found.Select(star => new SimulatedStar(star.Position, star.Magnitude))];
    }
}
