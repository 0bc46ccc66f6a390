using Alpaca.Astronomy;

namespace Sequencer.App.Night;

/// <summary>Sun and Moon over the site, for the live view.</summary>
internal sealed class SkyView(Site site)
{
    /// <summary>Altitudes in degrees, and the lit part of the Moon, 0 to 1.</summary>
    public (double Sun, double Moon, double MoonLit) At(DateTimeOffset time)
    {
        var sky = SkyTransform.At(site, time);
        return (sky.Sun().Geometric.Altitude.Degrees, sky.Moon().Geometric.Altitude.Degrees, sky.MoonPhase().Fraction);
    }
}
