using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;
using Alpaca.Contract;
using Sequencer.Imaging;

namespace Sequencer.Core.Tests.Observing;

/// <summary>A patch of sky with stars at random places, and frames of it.</summary>
internal sealed class TestSky
{
    public const int Width = 400;
    public const int Height = 300;

    private readonly List<CatalogueStar> _stars = [];

    public TestSky(SkyPosition centre, int seed = 1)
    {
        var random = new Random(seed);
        for (var i = 0; i < 1500; i++)
        {
            var place = centre.Offset(Angle.FromDegrees((random.NextDouble() * 3) - 1.5), Angle.FromDegrees((random.NextDouble() * 3) - 1.5));
            _stars.Add(CatalogueStar.At(place, 6 + (4 * Math.Sqrt(random.NextDouble()))));
        }
    }

    /// <summary>Arcseconds per pixel of 3.8 um pixels behind 200 mm.</summary>
    public static double Scale { get; } = 648000 / Math.PI * 0.0038 / 200;

    public bool Clouded { get; set; }

    public StarCatalogue Catalogue => field ??= StarCatalogue.Of("test", _stars);

    /// <summary>What a camera sees that looks at <paramref name="centre"/>, turned by <paramref name="rotation"/> degrees.</summary>
    public ImageArray Frame(SkyPosition centre, int seed, double rotation = 12)
    {
        var random = new Random(seed);
        var pixels = new ushort[Width * Height];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (ushort)(1000 + random.Next(-20, 21));
        var wcs = WcsSolution.Create(Width, Height, centre, Scale, rotation);
        foreach (var star in Clouded ? [] : _stars)
        {
            if (wcs.ToPixel(star.Position) is { } pixel && wcs.Contains(pixel)) Draw(pixels, pixel.X, pixel.Y, 40000 * Math.Pow(10, -0.4 * (star.Magnitude - 6)));
        }

        return ImageArray.CopyOf<ushort>(pixels, Width, Height);
    }

    private static void Draw(ushort[] pixels, double x, double y, double peak)
    {
        const double sigma = 1.3;
        for (var row = Math.Max(0, (int)y - 6); row <= Math.Min(Height - 1, (int)y + 7); row++)
        {
            for (var column = Math.Max(0, (int)x - 6); column <= Math.Min(Width - 1, (int)x + 7); column++)
            {
                var r2 = ((column - x) * (column - x)) + ((row - y) * (row - y));
                var value = pixels[(row * Width) + column] + (peak * Math.Exp(-r2 / (2 * sigma * sigma)));
                pixels[(row * Width) + column] = (ushort)Math.Min(value, 60000);
            }
        }
    }
}
