using Alpaca.Astronomy;
using DataServices.Fits;

namespace Sequencer.Imaging;

/// <summary>
/// Where a frame's pixels are on the sky: a tangent projection (FITS WCS, RA---TAN/DEC--TAN) about the frame's centre. Pixels here count
/// from 0 and mean centres; the FITS cards count from 1.
/// </summary>
/// <param name="Width">Frame width, pixels.</param>
/// <param name="Height">Frame height, pixels.</param>
/// <param name="Reference">CRVAL: the sky at the reference pixel, ICRS.</param>
/// <param name="ReferenceX">Reference pixel, 0-based (CRPIX1 - 1).</param>
/// <param name="ReferenceY">Reference pixel, 0-based (CRPIX2 - 1).</param>
/// <param name="Cd11">Degrees to the east per pixel in x.</param>
/// <param name="Cd12">Degrees to the east per pixel in y.</param>
/// <param name="Cd21">Degrees to the north per pixel in x.</param>
/// <param name="Cd22">Degrees to the north per pixel in y.</param>
public sealed record WcsSolution(
    int Width,
    int Height,
    SkyPosition Reference,
    double ReferenceX,
    double ReferenceY,
    double Cd11,
    double Cd12,
    double Cd21,
    double Cd22)
{
    /// <summary>A frame with square pixels.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="centre">The sky at the frame's centre.</param>
    /// <param name="arcsecPerPixel">Scale.</param>
    /// <param name="rotationDegrees">Direction of the frame's y axis on the sky, from north through east.</param>
    /// <param name="isMirrored">Whether east is on the right when north is up.</param>
    public static WcsSolution Create(int width, int height, SkyPosition centre, double arcsecPerPixel, double rotationDegrees = 0, bool isMirrored = false)
    {
        var scale = arcsecPerPixel / 3600;
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(rotationDegrees));
        var sign = isMirrored ? 1 : -1;
        return new WcsSolution(
            width, height, centre, (width - 1) / 2.0, (height - 1) / 2.0, sign * scale * cos, scale * sin, -sign * scale * sin, scale * cos);
    }

    /// <summary>The sky at the middle of the frame.</summary>
    public SkyPosition Centre => ToSky((Width - 1) / 2.0, (Height - 1) / 2.0);

    /// <summary>Mean scale at the reference pixel, arcseconds per pixel.</summary>
    public double ArcsecPerPixel => 3600 * Math.Sqrt(Math.Abs(Cd11 * Cd22 - Cd12 * Cd21));

    /// <summary>Position angle of the frame's y axis (from the first row to the last), from north through east, -180 to 180 degrees.</summary>
    public double RotationDegrees => double.RadiansToDegrees(Math.Atan2(Cd12, Cd22));

    /// <summary>Whether the frame, with its first row at the bottom, shows the sky mirrored: east right of north.</summary>
    public bool IsMirrored => Cd11 * Cd22 - Cd12 * Cd21 > 0;

    /// <summary>Width and height of the field.</summary>
    public (Angle Width, Angle Height) FieldSize => (Angle.FromArcseconds(Width * ArcsecPerPixel), Angle.FromArcseconds(Height * ArcsecPerPixel));

    /// <summary>The sky at a pixel position (0-based).</summary>
    public SkyPosition ToSky(double x, double y)
    {
        double dx = x - ReferenceX, dy = y - ReferenceY;
        return new TangentPlane(Reference).ToSky(Cd11 * dx + Cd12 * dy, Cd21 * dx + Cd22 * dy);
    }

    /// <summary>The pixel position (0-based, possibly outside the frame) of a place; null when it is more than 90 degrees away.</summary>
    public (double X, double Y)? ToPixel(SkyPosition place)
    {
        if (new TangentPlane(Reference).ToPlane(place) is not var (xi, eta))
            return null;
        var determinant = Cd11 * Cd22 - Cd12 * Cd21;
        return (ReferenceX + (Cd22 * xi - Cd12 * eta) / determinant, ReferenceY + (Cd11 * eta - Cd21 * xi) / determinant);
    }

    /// <summary>Whether a pixel position lies on the frame.</summary>
    public bool Contains((double X, double Y) pixel) => pixel.X >= -0.5 && pixel.Y >= -0.5 && pixel.X <= Width - 0.5 && pixel.Y <= Height - 0.5;

    /// <summary>The WCS cards for a FITS header.</summary>
    public FitsHeader ToHeader() => new FitsHeader()
        .Set("WCSAXES", 2, "axes of the world coordinate system")
        .Set("CTYPE1", "RA---TAN", "gnomonic projection")
        .Set("CTYPE2", "DEC--TAN", "gnomonic projection")
        .Set("CUNIT1", "deg", "unit of CRVAL1 and CD1_j")
        .Set("CUNIT2", "deg", "unit of CRVAL2 and CD2_j")
        .Set("CRPIX1", ReferenceX + 1, "[pixel] reference pixel, the first is 1")
        .Set("CRPIX2", ReferenceY + 1, "[pixel] reference pixel, the first is 1")
        .Set("CRVAL1", Reference.RightAscension.Wrapped().Degrees, "[deg] right ascension of the reference pixel")
        .Set("CRVAL2", Reference.Declination.Degrees, "[deg] declination of the reference pixel")
        .Set("CD1_1", Cd11, "[deg/pixel]")
        .Set("CD1_2", Cd12, "[deg/pixel]")
        .Set("CD2_1", Cd21, "[deg/pixel]")
        .Set("CD2_2", Cd22, "[deg/pixel]")
        .Set("RADESYS", "ICRS", "celestial reference system")
        .Set("EQUINOX", 2000.0, "[yr] equinox of the coordinates");

    /// <summary>Reads WCS cards; null when there are none of a tangent projection with a CD matrix. Distortion terms (SIP) are not applied.</summary>
    public static WcsSolution? FromHeader(FitsHeader header, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(header);
        double? Value(string keyword) => header.Number(keyword);
        if (header.Text("CTYPE1")?.StartsWith("RA---TAN", StringComparison.Ordinal) != true
            || header.Text("CTYPE2")?.StartsWith("DEC--TAN", StringComparison.Ordinal) != true
            || Value("CRVAL1") is not { } ra || Value("CRVAL2") is not { } dec || Value("CRPIX1") is not { } x || Value("CRPIX2") is not { } y)
            return null;

        double cd11 = Value("CD1_1") ?? 0, cd12 = Value("CD1_2") ?? 0, cd21 = Value("CD2_1") ?? 0, cd22 = Value("CD2_2") ?? 0;
        return cd11 * cd22 - cd12 * cd21 == 0
            ? null
            : new WcsSolution(width, height, SkyPosition.FromDegrees(ra, dec), x - 1, y - 1, cd11, cd12, cd21, cd22);
    }
}
