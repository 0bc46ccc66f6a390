using Alpaca.Astronomy.Catalogue;

namespace DataServices.TelescopeOrg.Tests;

/// <summary>A test that is skipped, with the reason shown, where astrometry.net or its index files are not installed.</summary>
internal sealed class AstrometryFactAttribute : FactAttribute
{
    public AstrometryFactAttribute()
    {
        if (!File.Exists("/usr/bin/solve-field") || !Directory.Exists(StarCatalogue.DefaultFolder) || Directory.GetFiles(StarCatalogue.DefaultFolder, "index-*.fits").Length == 0)
            Skip = "astrometry.net is not installed (apt install astrometry.net astrometry-data-tycho2-10-19)";
    }
}
