using Alpaca.Contract;
using Sequencer.Core.Equipment;

namespace Sequencer.Core.Tests.Observing;

public sealed class CameraUnitTests
{
    private static readonly ExposureRequest Request = new("target", "light", 30, 1);

    private static ImageArray Noise(int seed, int width = TestSky.Width)
    {
        var random = new Random(seed);
        return ImageArray.CopyOf<ushort>([.. Enumerable.Range(0, width * TestSky.Height).Select(_ => (ushort)random.Next(900, 1100))], width, TestSky.Height);
    }

    private static ImageArray Empty() => ImageArray.CopyOf<ushort>(new ushort[TestSky.Width * TestSky.Height], TestSky.Width, TestSky.Height);

    [Fact]
    public void An_exposure_gives_a_frame_with_the_cameras_own_start_time()
    {
        using var observatory = new TestObservatory { Pixels = (_, n) => Noise(n) };
        observatory.Run(async _ =>
        {
            var started = observatory.Clock.GetUtcNow();
            using var frame = await observatory.Cameras[0].ExposeAsync(Request);
            Assert.Equal(started, frame.Start);
            Assert.Equal(30, frame.Seconds);
            Assert.Equal(-10.25, frame.Reading.SensorTemperature);
            Assert.Null(frame.Reading.Offset);
            Assert.InRange((observatory.Clock.GetUtcNow() - started).TotalSeconds, 31, 32);
        });
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("size")]
    [InlineData("repeated")]
    public void A_frame_that_is_no_picture_is_rejected_and_taken_again_once(string defect)
    {
        using var observatory = new TestObservatory();
        observatory.Pixels = (_, n) => (defect, n) switch
        {
            ("zero", 2) => Empty(),
            ("size", 2) => Noise(n, TestSky.Width / 2),
            ("repeated", 2) => Noise(1),
            _ => Noise(n),
        };
        observatory.Run(async _ =>
        {
            if (defect == "repeated") observatory.Devices[0].KeepsStart = observatory.Clock.GetUtcNow();
            (await observatory.Cameras[0].ExposeAsync(Request)).Dispose();
            (await observatory.Cameras[0].ExposeAsync(Request)).Dispose();
        });
        Assert.Equal(3, observatory.Devices[0].Exposures);
        Assert.Single(observatory.Entries("exposure.aborted"));
        Assert.Contains("no picture", Assert.Single(observatory.Entries("warning")).Text("message"), StringComparison.Ordinal);
        Assert.True(observatory.Cameras[0].IsUsable);
    }

    [Fact]
    public void A_simulator_without_noise_that_says_each_exposure_is_new_is_believed_and_named_once()
    {
        using var observatory = new TestObservatory { Pixels = (_, _) => Noise(1) };
        observatory.Run(async _ =>
        {
            for (var i = 0; i < 3; i++)
                (await observatory.Cameras[0].ExposeAsync(Request)).Dispose();
        });
        Assert.Equal(3, observatory.Devices[0].Exposures);
        Assert.Empty(observatory.Entries("exposure.aborted"));
        Assert.Contains("no noise", Assert.Single(observatory.Entries("warning")).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_that_gives_no_picture_twice_is_put_aside()
    {
        using var observatory = new TestObservatory { Pixels = (_, _) => Empty() };
        observatory.Run(async _ =>
        {
            var error = await Assert.ThrowsAsync<CameraException>(() => observatory.Cameras[0].ExposeAsync(Request));
            Assert.Equal(CameraFault.BadFrame, error.Fault);
        });
        Assert.Equal(2, observatory.Devices[0].Exposures);
        Assert.False(observatory.Cameras[0].IsUsable);
    }

    [Fact]
    public void A_camera_that_hangs_is_stopped_at_its_deadline_tried_once_more_and_put_aside()
    {
        using var observatory = new TestObservatory();
        observatory.Run(async _ =>
        {
            observatory.Devices[0].Hangs = true;
            var started = observatory.Clock.GetUtcNow();
            var error = await Assert.ThrowsAsync<CameraException>(() => observatory.Cameras[0].ExposeAsync(Request));
            Assert.Equal(CameraFault.Timeout, error.Fault);
            // Exposure 30 s, readout 2 s, patience 20 s: twice.
            Assert.InRange((observatory.Clock.GetUtcNow() - started).TotalSeconds, 104, 108);
        });
        Assert.Equal(2, observatory.Devices[0].Aborts);
        Assert.False(observatory.Cameras[0].IsUsable);
        Assert.False(observatory.Cameras[0].IsExposing);
        Assert.Equal(["connected", "quarantined"], observatory.Entries("device").Select(entry => entry.Text("link")));
    }

    [Fact]
    public void A_camera_that_reports_an_error_is_put_aside_at_once()
    {
        using var observatory = new TestObservatory();
        observatory.Run(async _ =>
        {
            observatory.Devices[0].ReportsError = true;
            var error = await Assert.ThrowsAsync<CameraException>(() => observatory.Cameras[0].ExposeAsync(Request));
            Assert.Equal(CameraFault.Device, error.Fault);
        });
        Assert.Equal(1, observatory.Devices[0].Exposures);
    }

    [Fact]
    public void A_second_exposure_during_the_first_is_refused_and_does_not_disturb_it()
    {
        using var observatory = new TestObservatory { Pixels = (_, n) => Noise(n) };
        observatory.Run(async _ =>
        {
            var first = observatory.Cameras[0].ExposeAsync(Request);
            Assert.Equal(CameraFault.Busy, (await Assert.ThrowsAsync<CameraException>(() => observatory.Cameras[0].ExposeAsync(Request))).Fault);
            (await first).Dispose();
        });
        Assert.True(observatory.Cameras[0].IsUsable);
        Assert.Equal(1, observatory.Devices[0].Exposures);
    }

    [Fact]
    public void An_exposure_longer_than_the_camera_can_is_refused_before_it_starts()
    {
        using var observatory = new TestObservatory();
        observatory.Run(async _ => Assert.Equal(
            CameraFault.AboveMaxExptime,
            (await Assert.ThrowsAsync<CameraException>(() => observatory.Cameras[0].ExposeAsync(Request with { Seconds = 4000 }))).Fault));
        Assert.Equal(0, observatory.Devices[0].Exposures);
        Assert.True(observatory.Cameras[0].IsUsable);
    }

    [Theory]
    [InlineData("Red", "Red")]
    [InlineData("gre", "Green")]
    [InlineData("4", "Red narrow")]
    public void A_filter_is_found_by_name_by_its_beginning_or_by_its_slot(string wanted, string expected)
    {
        using var observatory = new TestObservatory { Pixels = (_, n) => Noise(n) };
        observatory.Run(async _ =>
        {
            using var frame = await observatory.Cameras[0].ExposeAsync(Request with { Filter = wanted });
            Assert.Equal(expected, frame.Reading.Filter);
        });
        Assert.Equal(1, observatory.Wheel.Moves);
    }

    [Theory]
    [InlineData("Blue")]
    [InlineData("0")]
    [InlineData("5")]
    public void A_filter_that_is_not_there_is_an_error_that_names_those_that_are(string wanted)
    {
        using var observatory = new TestObservatory();
        observatory.Run(async _ =>
        {
            var error = await Assert.ThrowsAsync<CameraException>(() => observatory.Cameras[0].ExposeAsync(Request with { Filter = wanted }));
            Assert.Equal(CameraFault.Filter, error.Fault);
            Assert.Contains("Luminance, Red, Green, Red narrow", error.Message, StringComparison.Ordinal);
        });
        Assert.Equal(0, observatory.Devices[0].Exposures);
    }

    [Fact]
    public void No_exposure_is_taken_through_a_wheel_that_never_arrives()
    {
        using var observatory = new TestObservatory();
        observatory.Run(async _ =>
        {
            observatory.Wheel.Stuck = true;
            var started = observatory.Clock.GetUtcNow();
            var error = await Assert.ThrowsAsync<CameraException>(() => observatory.Cameras[0].ExposeAsync(Request with { Filter = "Green" }));
            Assert.Equal(CameraFault.Filter, error.Fault);
            Assert.InRange((observatory.Clock.GetUtcNow() - started).TotalSeconds, 60, 62);
        });
        Assert.Equal(0, observatory.Devices[0].Exposures);
    }
}
