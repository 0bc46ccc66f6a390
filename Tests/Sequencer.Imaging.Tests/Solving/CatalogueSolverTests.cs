using Alpaca.Astronomy;

namespace Sequencer.Imaging.Tests.Solving;

public sealed class CatalogueSolverTests
{
    private static readonly SkyPosition Field = SkyPosition.FromDegrees(83.6, 22);
    private readonly RandomSky _sky = new(1, Field, 6, 6000);

    [Theory]
    [InlineData(0, false, 0, 0)]
    [InlineData(37, false, 0.3, -0.2)]
    [InlineData(-120, true, -0.4, 0.3)]
    [InlineData(180, false, 1.5, 1.2)]
    public void A_known_field_is_recovered_to_a_fraction_of_an_arcsecond(double rotation, bool mirrored, double east, double north)
    {
        var truth = WcsSolution.Create(1600, 1200, Field, 7.7 * 1.013, rotation, mirrored);
        var frame = Paint(truth);
        var hint = Field.Offset(Angle.FromDegrees(east), Angle.FromDegrees(north));

        var solution = Solver.Solve(Request(frame, hint));

        AssertSame(truth, solution.Wcs, 1);
        Assert.Equal(mirrored, solution.Wcs.IsMirrored);
        Assert.InRange(solution.MatchedStars!.Value, 40, 300);
        Assert.InRange(solution.RmsArcsec!.Value, 0, 1.5);
        Assert.Equal("catalogue", solution.Solver);
    }

    [Fact]
    public void Near_the_pole_and_across_the_zero_of_right_ascension_it_works_the_same()
    {
        foreach (var centre in new[] { SkyPosition.FromDegrees(40, 89.5), SkyPosition.FromDegrees(0.02, -30), SkyPosition.FromDegrees(120, -89.9) })
        {
            var sky = new RandomSky(2, centre, 6, 6000);
            var truth = WcsSolution.Create(1600, 1200, centre, 7.7, 77);
            var frame = new SkyPainter(3) { Width = 1600, Height = 1200 }.Paint(sky.OnFrame(truth));

            var solution = new CatalogueSolver(sky.Catalogue, TimeProvider.System).Solve(Request(frame, centre.Offset(Angle.FromDegrees(0.2), Angle.FromDegrees(0.2))));

            AssertSame(truth, solution.Wcs, 1);
        }
    }

    [Fact]
    public async Task The_wrong_part_of_the_sky_is_no_solution()
    {
        var frame = Paint(WcsSolution.Create(1600, 1200, Field, 7.7));
        var elsewhere = new RandomSky(99, Field, 6, 6000);
        var solver = new CatalogueSolver(elsewhere.Catalogue, TimeProvider.System);

        var error = await Assert.ThrowsAsync<SolveException>(() => solver.SolveAsync(Request(frame, Field) with { Radius = Angle.FromDegrees(2) }));

        Assert.Equal(SolveFailure.NoSolution, error.Failure);
        Assert.Contains("within 2 degrees", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_stars_or_hints_the_error_says_what_is_missing()
    {
        var dark = new SkyPainter(1).Paint([]);

        Assert.Contains("cover", Assert.Throws<SolveException>(() => Solver.Solve(Request(dark, Field))).Message, StringComparison.Ordinal);
        Assert.Equal(SolveFailure.HintMissing, Assert.Throws<SolveException>(() => Solver.Solve(PlateSolveRequest.ForFrame(dark))).Failure);
    }

    [Fact]
    public void The_same_frame_gives_the_same_solution_to_the_last_bit()
    {
        var frame = Paint(WcsSolution.Create(1600, 1200, Field, 7.7, 10));

        Assert.Equal(Solver.Solve(Request(frame, Field)).Wcs, Solver.Solve(Request(frame, Field)).Wcs);
    }

    [Fact]
    public void Later_frames_are_registered_against_the_solved_one()
    {
        var pointing = Solver.Solve(Request(Paint(WcsSolution.Create(1600, 1200, Field, 7.7, 20)), Field));
        var moved = Field.Offset(Angle.FromArcseconds(45), Angle.FromArcseconds(-130));
        var later = WcsSolution.Create(1600, 1200, moved, 7.7, 20.2);

        var offset = FrameRegistration.Register(pointing, StarDetector.Detect(Paint(later, seed: 77)));

        Assert.NotNull(offset);
        var (deltaRa, deltaDec) = Field.DifferenceTo(moved);
        Assert.Equal(deltaRa.Arcseconds, offset.DeltaRa.Arcseconds, 0.7);
        Assert.Equal(deltaDec.Arcseconds, offset.DeltaDec.Arcseconds, 0.7);
        Assert.InRange(offset.Centre.Separation(moved).Arcseconds, 0, 0.7);
        Assert.InRange(offset.MatchedStars, 50, 500);
        Assert.Equal(0.2, Math.Abs(offset.RotationDegrees), 0.01);
        // A star of the old centre is now where the new frame shows the old centre.
        var (x, y) = later.ToPixel(Field)!.Value;
        Assert.Equal(x - 799.5, offset.Dx, 0.1);
        Assert.Equal(y - 599.5, offset.Dy, 0.1);
        Assert.InRange(Math.Abs(offset.Dx) + Math.Abs(offset.Dy), 5, 30);
    }

    [Fact]
    public void A_frame_of_another_field_does_not_register()
    {
        var pointing = Solver.Solve(Request(Paint(WcsSolution.Create(1600, 1200, Field, 7.7)), Field));
        var other = Paint(WcsSolution.Create(1600, 1200, SkyPosition.FromDegrees(79, 19), 7.7));

        Assert.Null(FrameRegistration.Register(pointing, StarDetector.Detect(other)));
        Assert.Null(FrameRegistration.Register(pointing, []));
    }

    private CatalogueSolver Solver => new(_sky.Catalogue, TimeProvider.System);

    private ImageFrame Paint(WcsSolution wcs, int seed = 4) =>
        new SkyPainter(seed) { Width = wcs.Width, Height = wcs.Height, Fwhm = 2.5 }.Paint(_sky.OnFrame(wcs), (50, 60), (900, 700));

    private static PlateSolveRequest Request(ImageFrame frame, SkyPosition hint) =>
        PlateSolveRequest.ForFrame(frame) with { Centre = hint, ArcsecPerPixel = 7.7, Radius = Angle.FromDegrees(3) };

    private static void AssertSame(WcsSolution truth, WcsSolution found, double arcsec)
    {
        foreach (var (x, y) in new[] { (799.5, 599.5), (0.0, 0.0), (1599.0, 0.0), (0.0, 1199.0), (1599.0, 1199.0) })
            Assert.InRange(truth.ToSky(x, y).Separation(found.ToSky(x, y)).Arcseconds, 0, arcsec);
    }
}
