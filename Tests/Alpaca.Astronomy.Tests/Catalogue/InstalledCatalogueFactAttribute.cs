using Alpaca.Astronomy.Catalogue;

namespace Alpaca.Astronomy.Tests.Catalogue;

/// <summary>A test that needs the star catalogue of the distribution; skipped, visibly, where it is not installed.</summary>
internal sealed class InstalledCatalogueFactAttribute : FactAttribute
{
    public InstalledCatalogueFactAttribute()
    {
        if (!Directory.Exists(StarCatalogue.DefaultFolder) || Directory.GetFiles(StarCatalogue.DefaultFolder, "index-tycho2-*.fits").Length == 0)
            Skip = "No star catalogue installed: apt install astrometry-data-tycho2-10-19";
    }
}
