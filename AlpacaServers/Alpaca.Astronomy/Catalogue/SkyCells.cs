namespace Alpaca.Astronomy.Catalogue;

/// <summary>The sky cut into cells of about one square degree: zones of declination, each cut in right ascension.</summary>
internal sealed class SkyCells
{
    private const int Zones = 180;
    private readonly int[] _firstOfZone = new int[Zones + 1];

    public SkyCells()
    {
        for (var zone = 0; zone < Zones; zone++)
        {
            var widest = Math.Min(Math.Abs(zone - 90), Math.Abs(zone - 89));
            _firstOfZone[zone + 1] = _firstOfZone[zone] + Math.Max(1, (int)Math.Round(360 * Math.Cos(widest * Math.PI / 180)));
        }
    }

    public int Count => _firstOfZone[Zones];

    public int Of(UnitVector direction) => Of(Zone(direction.Latitude.Degrees), direction.Longitude.Degrees);

    /// <summary>Runs of cells (first, last) that hold every star of a circle.</summary>
    public IEnumerable<(int First, int Last)> Covering(SkyPosition centre, Angle radius)
    {
        // A little more than the circle: rounding must not lose a star on the edge of a cell.
        var r = radius.Degrees + 1e-6;
        var (ra, dec) = (centre.RightAscension.Wrapped().Degrees, centre.Declination.Degrees);
        var half = Math.Abs(dec) + r >= 90
            ? 180
            : Math.Asin(Math.Sin(r * Math.PI / 180) / Math.Cos(dec * Math.PI / 180)) * (180 / Math.PI) + 1e-6;
        for (var zone = Zone(dec - r); zone <= Zone(dec + r); zone++)
        {
            if (half >= 180)
            {
                yield return (_firstOfZone[zone], _firstOfZone[zone + 1] - 1);
                continue;
            }
            var (low, high) = (ra - half, ra + half);
            if (low >= 0 && high < 360)
            {
                yield return (Of(zone, low), Of(zone, high));
                continue;
            }
            var (from, to) = (Of(zone, (low + 360) % 360), Of(zone, high % 360));
            if (from <= to)
            {
                yield return (_firstOfZone[zone], _firstOfZone[zone + 1] - 1);
                continue;
            }
            yield return (from, _firstOfZone[zone + 1] - 1);
            yield return (_firstOfZone[zone], to);
        }
    }

    private static int Zone(double declination) => Math.Clamp((int)Math.Floor(declination + 90), 0, Zones - 1);

    private int Of(int zone, double rightAscension)
    {
        var cells = _firstOfZone[zone + 1] - _firstOfZone[zone];
        return _firstOfZone[zone] + Math.Clamp((int)(rightAscension / 360 * cells), 0, cells - 1);
    }
}
