using System.Globalization;
using DataServices.Fits;

namespace DataServices.TelescopeOrg;

/// <summary>What a frame's header says about where it points and how large its pixels are.</summary>
/// <param name="Position">Right ascension in hours and declination in degrees, of the header's equinox; null when it has none.</param>
/// <param name="Equinox">EQUINOX, or 2000. (It moves a position by less than the search radius.)</param>
/// <param name="Telescope">Its telescope, or <see cref="SiteTelescope.Unknown"/>.</param>
public sealed record SolveHints(SkyPosition? Position, double Equinox, SiteTelescope Telescope)
{
    private static readonly (string Ra, string Dec)[] _keywords = [("OBJCTRA", "OBJCTDEC"), ("MNTRA", "MNTDEC"), ("RA-TEL", "DEC-TEL")];

    /// <summary>Smallest scale, arcsec/pixel.</summary>
    public double ScaleLow => Telescope.ScaleLow ?? SiteTelescope.Unknown.ScaleLow!.Value;

    /// <summary>Largest scale, arcsec/pixel.</summary>
    public double ScaleHigh => Telescope.ScaleHigh ?? SiteTelescope.Unknown.ScaleHigh!.Value;

    /// <summary>Reads OBJCTRA/OBJCTDEC, else MNTRA/MNTDEC, else RA-TEL/DEC-TEL; EQUINOX; TELESCOP.</summary>
    public static SolveHints FromHeader(FitsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var position = _keywords.Select(pair => Parse(header[pair.Ra]?.Value, header[pair.Dec]?.Value)).FirstOrDefault(found => found is not null);
        return new(position, header.Number("EQUINOX") ?? 2000, TelescopeOf(header.Text("TELESCOP")));
    }

    private static SiteTelescope TelescopeOf(string? text)
    {
        var words = (text ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = words.Any(word => word.Contains("brt", StringComparison.Ordinal)) ? words.ElementAtOrDefault(1) : words.ElementAtOrDefault(0);
        return (name is null ? null : SiteTelescope.Find(name)) ?? SiteTelescope.Unknown;
    }

    private static SkyPosition? Parse(object? ra, object? dec)
    {
        static string? Text(object? value) => value switch
        {
            string text => string.Join(':', text.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries)),
            double or long => Convert.ToString(value, CultureInfo.InvariantCulture),
            _ => null,
        };
        return SkyPosition.TryParse($"{Text(ra)} {Text(dec)}");
    }
}
