using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;
using DataServices.Fits;
using Sequencer.Imaging;
using Sequencer.Imaging.Tests.Solving;

namespace DataServices.TelescopeOrg.Tests;

/// <summary>A cube as the site's Cluster camera makes them, with the catalogue's stars on it: through the frames it is split into, the imaging code and the real solve-field.</summary>
public sealed class RealFieldTests : IDisposable
{
    private const int Side = 1536, Layers = 3;
    private const double Scale = 15;

    // Off the position that the header gives, as telescopes are.
    private static readonly Alpaca.Astronomy.SkyPosition _centre = new(Angle.FromDegrees(325.75), Angle.FromDegrees(43.52));
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("telescope-org-field-");

    public void Dispose() => _directory.Delete(recursive: true);

    [AstrometryFact]
    public async Task A_cube_of_real_stars_is_solved_by_the_real_tool_once_and_its_frames_are_measured_by_the_imaging_code()
    {
        var sky = WcsSolution.Create(Side, Side, _centre, Scale, rotationDegrees: 12);
        var stars = StarCatalogue.OpenInstalled().StarsWithin(_centre, Angle.FromDegrees(5)).Where(star => sky.ToPixel(star.Position) is { } at && sky.Contains(at)).ToList();
        var cube = Cube(stars.Select(star => (At: sky.ToPixel(star.Position)!.Value, Flux: 4e6 * Math.Pow(10, -0.4 * (star.Magnitude - 8)))));

        var solver = new FieldSolver(new() { CacheDirectory = Path.Combine(_directory.FullName, "wcs"), CpuLimit = TimeSpan.FromSeconds(60) }, TimeProvider.System);
        var header = await solver.SolveAsync(cube);
        Assert.NotNull(header);
        var solution = WcsSolution.FromHeader(header, Side, Side)!;
        Assert.InRange(solution.Centre.Separation(_centre).Arcseconds, 0, 5);
        Assert.InRange(solution.ArcsecPerPixel, Scale * 0.999, Scale * 1.001);

        var frames = FrameExtractor.Extract(cube, _directory.FullName, "1");
        Assert.Equal(Layers, frames.Count);
        var found = StarDetector.Detect(ImageFrame.FromFits(frames[1].Path));
        var brightest = sky.ToPixel(stars[0].Position)!.Value;
        Assert.Contains(found.Take(3), star => Math.Abs(star.X - brightest.X) < 0.5 && Math.Abs(star.Y - brightest.Y) < 0.5);

        // What is solved once needs no tool.
        var again = await new FieldSolver(new() { Program = "/no/such/tool", CacheDirectory = Path.Combine(_directory.FullName, "wcs") }, TimeProvider.System).SolveAsync(cube);
        Assert.Equal(header.Number("CRVAL1"), again!.Number("CRVAL1"));
    }

    private string Cube(IEnumerable<((double X, double Y) At, double Flux)> stars)
    {
        var random = new Random(7);
        var pixels = new ushort[Layers * Side * Side];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (ushort)(1000 + random.Next(40));
        foreach (var (at, flux) in stars)
        {
            for (var y = Math.Max(0, (int)at.Y - 12); y <= Math.Min(Side - 1, (int)at.Y + 12); y++)
            {
                for (var x = Math.Max(0, (int)at.X - 12); x <= Math.Min(Side - 1, (int)at.X + 12); x++)
                {
                    var light = flux / (2 * Math.PI * 2.25) * Math.Exp(-(Math.Pow(x - at.X, 2) + Math.Pow(y - at.Y, 2)) / 4.5);
                    for (var layer = 0; layer < Layers; layer++)
                    {
                        ref var pixel = ref pixels[(layer * Side + y) * Side + x];
                        pixel = (ushort)Math.Min(ushort.MaxValue, pixel + light);
                    }
                }
            }
        }

        var path = Path.Combine(_directory.FullName, "1.fits");
        var header = new FitsHeader().Set("TELESCOP", "BRT Cluster Telescope").Set("OBJCTRA", "21 42 42.79").Set("OBJCTDEC", "+43 35 09.9").Set("EQUINOX", 2000.0).Set("FILTER", "BVR");
        FitsWriter.Write(path, file => file.AppendImage<ushort>(pixels, [Side, Side, Layers], header));
        return path;
    }
}
