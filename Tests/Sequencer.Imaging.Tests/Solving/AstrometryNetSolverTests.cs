using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;
using DataServices.Fits;
using Xunit.Abstractions;

namespace Sequencer.Imaging.Tests.Solving;

public sealed class AstrometryNetSolverTests(ITestOutputHelper output)
{
    // On a busy machine a solve takes many times as long as it should; how long is not these tests' subject.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly SkyPosition Orion = SkyPosition.FromDegrees(83.82, -5.39);

    private static readonly Lazy<StarCatalogue> Stars = new(() => StarCatalogue.OpenInstalled());

    [AstrometryFact]
    public async Task A_frame_painted_from_the_index_is_solved_from_its_star_list_and_from_its_picture()
    {
        var (frame, truth) = Paint(Orion, 30);
        foreach (var input in new[] { AstrometryInput.StarList, AstrometryInput.Picture })
        {
            var solver = new AstrometryNetSolver(TimeProvider.System, new AstrometryNetOptions(Input: input));
            var started = TimeProvider.System.GetTimestamp();

            var solution = await solver.SolveAsync(Hinted(frame));

            output.WriteLine($"{input}: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.00} s, "
                + $"centre off by {solution.Centre.Separation(Orion).Arcseconds:0.00} arcsec");
            AssertSame(truth, solution.Wcs, input == AstrometryInput.StarList ? 4 : 8);
            Assert.Equal(799.5, solution.Wcs.ReferenceX, 0.51);
        }
    }

    [AstrometryFact]
    public async Task A_file_with_a_wrong_hint_of_five_degrees_is_solved_too()
    {
        using var directory = new TemporaryDirectory();
        var (frame, truth) = Paint(SkyPosition.FromDegrees(308, 40), -140);
        var path = directory.File("frame.fits.fz");
        FitsWriter.WriteImage(path, frame.Pixels, frame.Width, frame.Height, new FitsHeader(), FitsWriteOptions.Rice);
        var request = PlateSolveRequest.ForFile(path) with { Timeout = Patience, Centre = SkyPosition.FromDegrees(303, 42), ArcsecPerPixel = 7.7 };

        var solution = await new AstrometryNetSolver(TimeProvider.System).SolveAsync(request);

        AssertSame(truth, solution.Wcs, 4);
    }

    [AstrometryFact]
    public async Task Catalogue_solver_and_astrometry_net_agree()
    {
        var (frame, truth) = Paint(SkyPosition.FromDegrees(120, 45), 10);
        var request = Hinted(frame) with { Centre = SkyPosition.FromDegrees(120.4, 45.2) };
        var own = new CatalogueSolver(Stars.Value, TimeProvider.System);

        var solution = await own.SolveAsync(request);
        var theirs = await new AstrometryNetSolver(TimeProvider.System).SolveAsync(request);

        AssertSame(truth, solution.Wcs, 1);
        Assert.InRange(solution.Centre.Separation(theirs.Centre).Arcseconds, 0, 4);
    }

    [AstrometryFact]
    public async Task The_time_limit_and_cancellation_end_the_process_and_leave_no_directory()
    {
        using var folder = new TemporaryDirectory();
        // Stars at random places make the engine search for long, for no hints bound it.
        var painter = new SkyPainter(5) { Width = 1600, Height = 1200 };
        var strange = PlateSolveRequest.ForFrame(painter.Paint(painter.RandomStars(150, 8_000, 300_000))) with { Timeout = Patience };
        var solver = new AstrometryNetSolver(TimeProvider.System, new AstrometryNetOptions(TemporaryFolder: folder.Path));

        var error = await Assert.ThrowsAsync<SolveException>(() => solver.SolveAsync(strange with { Timeout = TimeSpan.FromSeconds(0.3) }));
        Assert.Equal(SolveFailure.Timeout, error.Failure);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => solver.SolveAsync(strange, cancel.Token));

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        // Killed they are; on a busy machine the kernel takes a moment to bury them.
        SpinWait.SpinUntil(() => CommandLinesWith(folder.Path).Count == 0, TimeSpan.FromMinutes(2));
        Assert.Empty(CommandLinesWith(folder.Path));
    }

    [AstrometryFact]
    public async Task A_field_that_is_not_there_is_no_solution()
    {
        var (frame, _) = Paint(Orion, 0);
        var request = Hinted(frame) with { Centre = SkyPosition.FromDegrees(200, 60), Radius = Angle.FromDegrees(2) };

        var error = await Assert.ThrowsAsync<SolveException>(() => new AstrometryNetSolver(TimeProvider.System).SolveAsync(request));

        Assert.Equal(SolveFailure.NoSolution, error.Failure);
    }

    [Fact]
    public async Task A_missing_program_is_named_with_its_package()
    {
        var painter = new SkyPainter(5);
        var request = PlateSolveRequest.ForFrame(painter.Paint(painter.RandomStars(20, 20_000, 200_000)));
        var solver = new AstrometryNetSolver(TimeProvider.System, new AstrometryNetOptions("no-such-solve-field"));

        var error = await Assert.ThrowsAsync<SolveException>(() => solver.SolveAsync(request));

        Assert.Equal(SolveFailure.ProgramMissing, error.Failure);
        Assert.Contains("apt install astrometry.net", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_without_stars_is_not_even_tried()
    {
        var solver = new AstrometryNetSolver(TimeProvider.System, new AstrometryNetOptions("no-such-solve-field"));

        var error = await Assert.ThrowsAsync<SolveException>(() => solver.SolveAsync(PlateSolveRequest.ForFrame(new SkyPainter(5).Paint([]))));

        Assert.Equal(SolveFailure.NoSolution, error.Failure);
        Assert.Contains("0 stars", error.Message, StringComparison.Ordinal);
    }

    // The command lines of running processes (Linux) that mention a folder.
    private static List<string> CommandLinesWith(string folder)
    {
        var found = new List<string>();
        foreach (var process in Directory.GetDirectories("/proc").Where(entry => char.IsAsciiDigit(Path.GetFileName(entry)[0])))
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(process, "cmdline"));
                if (line.Contains(folder, StringComparison.Ordinal))
                    found.Add(line);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The process ended while we looked, or is not ours.
            }
        }

        return found;
    }

    private static PlateSolveRequest Hinted(ImageFrame frame) => PlateSolveRequest.ForFrame(frame) with
    {
        Timeout = Patience,
        Centre = Orion.Offset(Angle.FromDegrees(0.5), Angle.FromDegrees(0.3)),
        ArcsecPerPixel = 7.6,
    };

    private static (ImageFrame Frame, WcsSolution Truth) Paint(SkyPosition centre, double rotation)
    {
        var truth = WcsSolution.Create(1600, 1200, centre, 7.7, rotation);
        var near = Stars.Value.StarsWithin(centre, Angle.FromDegrees(3));
        return (new SkyPainter(8) { Width = 1600, Height = 1200, Fwhm = 2.2, Sky = 800 }.Paint(RandomSky.OnFrame(truth, near)), truth);
    }

    private static void AssertSame(WcsSolution truth, WcsSolution found, double arcsec)
    {
        foreach (var (x, y) in new[] { (799.5, 599.5), (100.0, 100.0), (1500.0, 1100.0) })
            Assert.InRange(truth.ToSky(x, y).Separation(found.ToSky(x, y)).Arcseconds, 0, arcsec);
    }
}
