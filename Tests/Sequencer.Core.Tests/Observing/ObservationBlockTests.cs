using Alpaca.Contract;
using DataServices.Fits;
using Sequencer.Core.Observing;
using Sequencer.Core.Records;
using Sequencer.Imaging;

namespace Sequencer.Core.Tests.Observing;

public sealed class ObservationBlockTests
{
    [Fact]
    public void A_block_takes_its_exposures_and_each_is_a_file_where_downstream_looks_for_it()
    {
        using var observatory = new TestObservatory();
        var observation = TestObservatory.Observation(exposures: 3);
        observatory.Run(async session =>
        {
            var outcome = await session.ObserveAsync(observation);
            Assert.Equal(new BlockOutcome(BlockEnd.Completed, 3, null), outcome);
        });
        Assert.Equal(3, observation.CurrentExposureNumber);
        var files = observatory.Entries("exposure.end").Select(entry => entry.Text("file")!).ToList();
        Assert.Matches("^images/TestField32B/ca0000/20260110T060000/20260110T060000.fits$", files[0]);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(observatory.Root, file))));
        Assert.Equal(files.Count, Directory.GetFiles(observatory.Root, "*.fits", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void The_header_says_where_a_drifting_frame_really_looks()
    {
        // 20 arcsec a minute: the pointing image and the last frame are a minute's worth and more apart.
        using var observatory = new TestObservatory(mount: o => new TestMount(o.Clock, TestObservatory.Target) { Drift = 20 });
        var observation = TestObservatory.Observation(exposures: 3);
        var truth = new List<Alpaca.Astronomy.SkyPosition>();
        observatory.Pixels = (_, number) =>
        {
            truth.Add(observatory.Mount.True);
            return observatory.Sky.Frame(observatory.Mount.True, number);
        };
        observatory.Run(async session =>
        {
            await session.PointAsync(observation);
            await session.ObserveAsync(observation);
            var drift = session.Analyze(observation);
            Assert.Equal(truth[0].Separation(truth[^1]).Arcseconds, drift!.DeltaDec, 1.0);
        });
        for (var n = 0; n < 3; n++)
        {
            using var file = FitsFile.Open(observation.Exposure(n).Values.Single().Path);
            var header = file.ReadHeader();
            var centre = Alpaca.Astronomy.SkyPosition.FromDegrees(header.Number("RA")!.Value, header.Number("DEC")!.Value);
            Assert.InRange(centre.Separation(truth[n + 1]).Arcseconds, 0, 1);
            Assert.True(WcsSolution.FromHeader(header, TestSky.Width, TestSky.Height)!.Centre.Separation(truth[n + 1]).Arcseconds < 1);
            Assert.Equal("registration", header.Text("POSSRC"));
        }
    }

    [Fact]
    public void The_header_is_complete_in_the_units_of_the_field()
    {
        using var observatory = new TestObservatory();
        var observation = TestObservatory.Observation(exposures: 1, filter: "red");
        observatory.Run(async session => await session.ObserveAsync(observation));
        using var file = FitsFile.Open(observation.Exposure(0).Values.Single().Path);
        var header = file.ReadHeader();
        var texts = new Dictionary<string, string>
        {
            ["IMAGETYP"] = "Light Frame",
            ["DATE-OBS"] = "2026-01-10T06:00:03.000",
            ["DATE-AVG"] = "2026-01-10T06:00:33.000",
            ["DATE-END"] = "2026-01-10T06:01:03.000",
            ["DATE-LOC"] = "2026-01-09T20:00:03.000",
            ["IMAGEID"] = "PAN000_ca0000_20260110T060003",
            ["OBJECT"] = "Test Field - 32b",
            ["FIELD"] = "Test Field - 32b",
            ["OBJCTRA"] = "05 35 16.80",
            ["OBJCTDEC"] = "+35 24 00.0",
            ["FILTER"] = "Red",
            ["TAGS"] = "a,b",
            ["PIERSIDE"] = "West",
            ["INSTRUME"] = "ca0000",
            ["ROWORDER"] = "TOP-DOWN",
            ["RADESYS"] = "ICRS",
        };
        var numbers = new Dictionary<string, (double Value, double Tolerance)>
        {
            ["EXPTIME"] = (60, 0),
            ["MJD-OBS"] = (61050.25003472, 1e-8),
            ["RA-MNT"] = (83.82, 1e-9),
            ["DEC-MNT"] = (35.4, 1e-9),
            ["TELRA"] = (83.82, 1e-6),
            ["CCD-TEMP"] = (-10.25, 0),
            ["GAIN"] = (120, 0),
            ["XPIXSZ"] = (3.8, 0),
            ["FW-POS"] = (2, 0),
            ["FOCALLEN"] = (200, 0),
            ["FOCRATIO"] = (4, 0),
            ["SITELONG"] = (-155.58, 1e-9),
            ["EQUINOX"] = (2000, 0),
            // Independent: mean sidereal time, annual precession and spherical trigonometry, worked out outside this code.
            ["HA-MNT"] = (-2.66133, 0.001),
            ["AIRMASS"] = (1.27737, 0.0005),
        };
        Assert.All(texts, card => Assert.Equal(card.Value, header.Text(card.Key)));
        Assert.All(numbers, card => Assert.InRange(header.Number(card.Key) ?? double.NaN, card.Value.Value - card.Value.Tolerance, card.Value.Value + card.Value.Tolerance));
        Assert.False(header.Contains("OFFSET"));
        Assert.Contains("sec z", header["AIRMASS"]!.Comment, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_cannot_be_placed_carries_the_mounts_word_and_says_so_and_no_world_coordinates()
    {
        using var observatory = new TestObservatory();
        observatory.Sky.Clouded = true;
        var observation = TestObservatory.Observation(exposures: 1);
        observatory.Run(async session => await session.ObserveAsync(observation));
        using var file = FitsFile.Open(observation.Exposure(0).Values.Single().Path);
        Assert.Equal("mount", file.ReadHeader().Text("POSSRC"));
        Assert.False(file.ReadHeader().Contains("CRVAL1"));
    }

    [Fact]
    public void Cameras_expose_together()
    {
        using var observatory = new TestObservatory(cameras: 3);
        observatory.Run(async session =>
        {
            var started = observatory.Clock.GetUtcNow();
            var outcome = await session.ObserveAsync(TestObservatory.Observation(exposures: 1));
            Assert.Equal(3, outcome.Frames);
            Assert.InRange((observatory.Clock.GetUtcNow() - started).TotalSeconds, 60, 65);
        });
    }

    [Fact]
    public void A_camera_that_is_lost_is_put_aside_and_the_others_go_on_until_it_is_back()
    {
        using var observatory = new TestObservatory(cameras: 2);
        observatory.Run(async session =>
        {
            observatory.After(90, () => observatory.Devices[1].Lost = true);
            var outcome = await session.ObserveAsync(TestObservatory.Observation(exposures: 3));
            Assert.Equal(new BlockOutcome(BlockEnd.Completed, 4, null), outcome);
            Assert.False(observatory.Cameras[1].IsUsable);
            Assert.Equal(1, await session.RecoverCamerasAsync());
            observatory.Devices[1].Lost = false;
            Assert.Equal(2, await session.RecoverCamerasAsync());
        });
        Assert.Equal(["connected", "lost", "restored"], observatory.Entries("device").Where(entry => entry.Text("name") == "Cam01").Select(entry => entry.Text("link")).Distinct());
        EveryStartHasOneEnd(observatory);
    }

    [Fact]
    public void Losing_the_last_camera_ends_the_block_and_names_it()
    {
        using var observatory = new TestObservatory();
        observatory.Run(async session =>
        {
            observatory.After(30, () => observatory.Devices[0].Lost = true);
            var outcome = await session.ObserveAsync(TestObservatory.Observation());
            Assert.Equal(BlockEnd.NoCameras, outcome.End);
            Assert.Contains("Cam00", outcome.Reason, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rain_aborts_all_exposures_within_two_seconds(int cameras)
    {
        using var observatory = new TestObservatory(cameras: cameras);
        observatory.Run(async session =>
        {
            observatory.After(75, () => observatory.Unsafe = "rain");
            var outcome = await session.ObserveAsync(TestObservatory.Observation(exposures: 5));
            Assert.Equal(BlockEnd.Unsafe, outcome.End);
            Assert.Equal("rain", outcome.Reason);
            Assert.InRange((observatory.Clock.GetUtcNow() - observatory.Clock.Start).TotalSeconds, 75, 77.5);
        });
        Assert.All(observatory.Devices, camera => Assert.Equal(1, camera.Aborts));
        Assert.All(observatory.Entries("exposure.aborted"), entry => Assert.Equal("rain", entry.Text("reason")));
        EveryStartHasOneEnd(observatory);
    }

    [Fact]
    public void Nothing_is_exposed_while_it_is_unsafe_or_the_mount_does_not_track()
    {
        using var observatory = new TestObservatory();
        observatory.Run(async session =>
        {
            observatory.Unsafe = "wind";
            Assert.Equal(BlockEnd.Unsafe, (await session.ObserveAsync(TestObservatory.Observation())).End);
            observatory.Unsafe = null;
            observatory.Mount.Tracking = false;
            Assert.Equal(BlockEnd.NotTracking, (await session.ObserveAsync(TestObservatory.Observation())).End);
        });
        Assert.Equal(0, observatory.Devices[0].Exposures);
    }

    [Fact]
    public void A_disk_that_refuses_ends_the_block_and_leaves_no_half_file()
    {
        using var observatory = new TestObservatory();
        File.WriteAllText(Path.Combine(observatory.Root, "images"), "in the way");
        observatory.Run(async session => Assert.Equal(BlockEnd.CannotWrite, (await session.ObserveAsync(TestObservatory.Observation())).End));
        Assert.Empty(Directory.GetFiles(observatory.Root, "*.fits*", SearchOption.AllDirectories));
        Assert.Single(observatory.Entries("warning"));
        EveryStartHasOneEnd(observatory);
    }

    [Fact]
    public void The_journal_accounts_for_the_time_of_a_block()
    {
        using var observatory = new TestObservatory(cameras: 2);
        observatory.Run(async session =>
        {
            observatory.Journal.NightStart("site", "2026-01-09", "unit");
            observatory.Journal.Dark(observatory.Clock.GetUtcNow(), observatory.Clock.GetUtcNow().AddHours(3));
            observatory.After(150, () => observatory.Unsafe = "rain");
            await session.ObserveAsync(TestObservatory.Observation(exposures: 5));
            observatory.Journal.NightEnd(true, true, "done");
        });
        var summary = NightSummary.FromJournal(observatory.Journal.Path!);
        Assert.Equal(120, summary.ObservedSeconds);
        Assert.InRange(summary.Lost["aborted"], 20, 30);
        Assert.Equal(summary.DarkSeconds, summary.ObservedSeconds + summary.Lost.Values.Sum(), 6);
        Assert.Equal(4, summary.LightFrames);
    }

    [Fact]
    public void The_same_block_gives_the_same_journal_byte_for_byte()
    {
        static string Run()
        {
            using var observatory = new TestObservatory(cameras: 2);
            var observation = TestObservatory.Observation();
            observatory.Run(async session =>
            {
                await session.PointAsync(observation);
                await session.ObserveAsync(observation);
                Assert.True(await session.DrainAsync(TimeSpan.FromMinutes(1)));
            });
            Assert.Equal(0, observatory.Clock.StrayPosts);
            return File.ReadAllText(observatory.Journal.Path!);
        }

        Assert.Equal(Run(), Run());
    }

    /// <summary>Every exposure is committed once or reported lost.</summary>
    private static void EveryStartHasOneEnd(TestObservatory observatory) =>
        Assert.Equal(observatory.Entries("exposure.start").Count, observatory.Entries("exposure.end").Count + observatory.Entries("exposure.aborted").Count);
}
