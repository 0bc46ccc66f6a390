using Alpaca.Astronomy;
using DataServices.Fits;
using Sequencer.Core.Pointing;
using Sequencer.Core.Tests.Observing;
using Sequencer.Imaging;

namespace Sequencer.Core.Tests.Pointing;

public sealed class PointingCorrectionTests
{
    [Fact]
    public void A_mount_that_is_off_is_told_so_and_brought_to_the_target_and_looked_at_again()
    {
        using var observatory = new TestObservatory(mount: o => new TestMount(o.Clock, TestObservatory.Target) { Error = 0.3, Remains = 0.005 });
        observatory.Run(async session =>
        {
            var outcome = await session.PointAsync(TestObservatory.Observation());
            Assert.Equal(PointingEnd.OnTarget, outcome.End);
            Assert.Equal(1080, outcome.BeforeArcsec!.Value, 1.5);
            Assert.Equal(5.4, outcome.AfterArcsec!.Value, 1.5);
        });
        Assert.Single(observatory.Mount.Syncs);
        Assert.Equal(0.3, (observatory.Mount.Syncs[0].Declination - TestObservatory.Target.Declination).Degrees, 0.0005);
        Assert.Equal([TestObservatory.Target], observatory.Mount.Slews);
        var solves = observatory.Entries("solve");
        Assert.Equal(["before", "after"], solves.Select(entry => entry.Text("phase")));
        Assert.Equal([false, true], solves.Select(entry => entry.Flag("accepted")));
    }

    [Fact]
    public void Pointing_frames_carry_their_world_coordinates_and_stay_out_of_the_exposure_count()
    {
        using var observatory = new TestObservatory(mount: o => new TestMount(o.Clock, TestObservatory.Target) { Error = 0.3 });
        var observation = TestObservatory.Observation();
        observatory.Run(async session => await session.PointAsync(observation));
        Assert.Equal(0, observation.CurrentExposureNumber);
        Assert.NotNull(observation.PointingImage);
        using var file = FitsFile.Open(observation.PointingImage);
        var header = file.ReadHeader();
        var wcs = WcsSolution.FromHeader(header, TestSky.Width, TestSky.Height)!;
        Assert.True(wcs.Centre.Separation(observatory.Mount.True).Arcseconds < 2);
        Assert.True(header.Flag("POINTING"));
        Assert.Equal(30, header.Number("EXPTIME"));
    }

    [Fact]
    public void The_last_correction_is_verified_and_what_is_left_is_reported()
    {
        using var observatory = new TestObservatory(
            mount: o => new TestMount(o.Clock, TestObservatory.Target) { Error = 0.4, Remains = 0.5 }, pointing: options => options with { MaxAttempts = 2 });
        observatory.Run(async session =>
        {
            var outcome = await session.PointAsync(TestObservatory.Observation());
            Assert.Equal(PointingEnd.OffTarget, outcome.End);
            Assert.Equal(360, outcome.AfterArcsec!.Value, 2);
        });
        Assert.Equal(2, observatory.Mount.Syncs.Count);
        Assert.Equal(3, observatory.Entries("exposure.end").Count);
        Assert.Single(observatory.Entries("warning"));
    }

    [Fact]
    public void Clouds_end_in_a_bounded_number_of_tries_without_a_sync()
    {
        using var observatory = new TestObservatory();
        observatory.Sky.Clouded = true;
        observatory.Run(async session => Assert.Equal(PointingEnd.NotSolved, (await session.PointAsync(TestObservatory.Observation())).End));
        Assert.Empty(observatory.Mount.Syncs);
        Assert.Equal(4, observatory.Entries("exposure.end").Count);
    }

    [Fact]
    public void A_solution_far_from_the_target_is_not_believed_and_never_told_to_the_mount()
    {
        using var observatory = new TestObservatory();
        observatory.Solver = new FixedSolver(TestObservatory.Target.Offset(Angle.FromDegrees(20), Angle.Zero));
        observatory.Run(async session => Assert.Equal(PointingEnd.NotSolved, (await session.PointAsync(TestObservatory.Observation())).End));
        Assert.Empty(observatory.Mount.Syncs);
        Assert.Empty(observatory.Mount.Slews);
    }

    [Fact]
    public void Rain_during_a_pointing_exposure_aborts_it_within_two_seconds()
    {
        using var observatory = new TestObservatory();
        observatory.Run(async session =>
        {
            observatory.After(10, () => observatory.Unsafe = "rain");
            var started = observatory.Clock.GetUtcNow();
            var outcome = await session.PointAsync(TestObservatory.Observation());
            Assert.Equal(PointingEnd.Unsafe, outcome.End);
            Assert.InRange((observatory.Clock.GetUtcNow() - started).TotalSeconds, 10, 12.5);
        });
        Assert.Equal(1, observatory.Devices[0].Aborts);
        Assert.Equal("rain", Assert.Single(observatory.Entries("exposure.aborted")).Text("reason"));
    }

    [Fact]
    public void Pointing_that_is_switched_off_takes_no_exposure()
    {
        using var observatory = new TestObservatory(pointing: options => options with { MaxAttempts = 0 });
        observatory.Run(async session => Assert.Equal(PointingEnd.OnTarget, (await session.PointAsync(TestObservatory.Observation())).End));
        Assert.Equal(0, observatory.Devices[0].Exposures);
    }

    private sealed class FixedSolver(SkyPosition centre) : IPlateSolver
    {
        public string Name => "fixed";

        public Task<PlateSolution> SolveAsync(PlateSolveRequest request, CancellationToken cancel = default) =>
            Task.FromResult(new PlateSolution(WcsSolution.Create(TestSky.Width, TestSky.Height, centre, TestSky.Scale), request.Stars!, null, null, Name));
    }
}
