using Alpaca.Astronomy.Catalogue;

namespace Sequencer.Imaging.Tests.Solving;

/// <summary>A test that is skipped, with the reason shown, where astrometry.net or its index files are not installed.</summary>
internal sealed class AstrometryFactAttribute : FactAttribute
{
    public AstrometryFactAttribute()
    {
        var isInstalled = File.Exists("/usr/bin/solve-field")
            && Directory.Exists(StarCatalogue.DefaultFolder) && Directory.GetFiles(StarCatalogue.DefaultFolder, "index-*.fits").Length > 0;
        if (!isInstalled)
            Skip = "astrometry.net is not installed (apt install astrometry.net astrometry-data-tycho2-10-19)";
    }
}
