using Alpaca.Astronomy;
using Sequencer.Core.Scheduling;
using static Sequencer.Core.Tests.Scheduling.ReferenceTargets;

namespace Sequencer.Core.Tests.Scheduling;

public class ObservationTests
{
    [Theory]
    [InlineData("Test Field - 32b", "TestField32B")]
    [InlineData("HD 189733", "Hd189733")]
    [InlineData("TESS_SEC14_CAM01", "Tess_Sec14_Cam01")]
    public void Names_are_flattened_for_folders(string name, string flat)
    {
        Assert.Equal(flat, new Field(name, default(SkyPosition)).FieldName);
        Assert.Equal(Path.Combine("images", flat), Make(name, "1h0m0s +1d0m0s").Directory("images"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("..")]
    [InlineData("/")]
    public void A_name_must_leave_something_for_the_folder(string name) =>
        Assert.Throws<InvalidObservationException>(() => new Field(name, default(SkyPosition)));

    [Theory]
    [InlineData(-10, 60, 10, 100, "exptime")]
    [InlineData(120, 57, 10, 100, "multiple")]
    [InlineData(120, 60, 7, 100, "multiple")]
    [InlineData(120, 60, 10, -1, "priority")]
    [InlineData(120, 60, 10, 0, "priority")]
    [InlineData(120, 60, 10, double.NaN, "priority")]
    [InlineData(120, 0, 10, 1, "min_nexp")]
    [InlineData(120, 60, 0, 1, "exp_set_size")]
    public void What_cannot_be_carried_out_is_refused(double exposure, int minimum, int set, double priority, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidObservationException>(() => Make("M5", "1h0m0s +1d0m0s", priority, exposure, minimum, set)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_exposure_of_zero_is_a_bias() => Assert.Equal(TimeSpan.Zero, Make("Bias", "1h0m0s +1d0m0s", exposure: 0).MinimumDuration);

    [Fact]
    public void Durations_are_pure_exposure_time_and_a_visit_adds_the_overhead()
    {
        var observation = Make("M5", "1h0m0s +1d0m0s");
        Assert.Equal(7200, observation.MinimumDuration.TotalSeconds);
        Assert.Equal(1200, observation.SetDuration.TotalSeconds);
        Assert.Equal(7560, observation.VisitDuration(TimeSpan.FromSeconds(6)).TotalSeconds);
        Assert.Equal(1260, observation.SetDurationWith(TimeSpan.FromSeconds(6)).TotalSeconds);
    }

    [Fact]
    public void A_compound_observation_takes_its_times_in_turn_and_lasts_their_sum()
    {
        var observation = new Observation(new Field("HDR", default(SkyPosition)), new()
        {
            ExposureTimes = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(120)],
            MinExposures = 6,
            SetSize = 3,
        });
        Assert.Equal(310, observation.MinimumDuration.TotalSeconds);
        Assert.Equal(155, observation.SetDuration.TotalSeconds);
        Assert.Equal(5, observation.NextExposureTime.TotalSeconds);
        observation.AddExposure("Cam00", Frame("1"));
        Assert.Equal(30, observation.NextExposureTime.TotalSeconds);
        Assert.Equal(5, observation.Plan.ExposureTimeOf(3).TotalSeconds);
    }

    [Fact]
    public void A_set_is_finished_at_the_minimum_and_then_at_whole_sets()
    {
        var observation = Make("M5", "1h0m0s +1d0m0s", minimum: 4, set: 2);
        var finished = new List<int>();
        for (var i = 1; i <= 7; i++)
        {
            observation.AddExposure("Cam00", Frame($"a{i}"));
            if (observation.SetIsFinished)
                finished.Add(i);
        }
        Assert.Equal([4, 6], finished);
    }

    [Fact]
    public void The_camera_with_most_frames_counts_and_frames_are_found_by_number()
    {
        var observation = Make("M5", "1h0m0s +1d0m0s");
        Assert.Empty(observation.LastExposure);
        observation.AddExposure("Cam00", Frame("a1"));
        observation.AddExposure("Cam00", Frame("a2"));
        observation.AddExposure("Cam01", Frame("b1"));
        Assert.Equal(2, observation.CurrentExposureNumber);
        Assert.Equal("a1", observation.Exposure(0)["Cam00"].ImageId);
        Assert.Equal(["Cam00"], observation.Exposure(1).Keys);
        Assert.Equal("b1", observation.LastExposure["Cam01"].ImageId);
        Assert.Empty(observation.Exposure(2));
        Assert.Empty(observation.Exposure(-3));
    }

    [Fact]
    public void A_reset_forgets_the_visit_but_not_the_pointing_image()
    {
        var observation = Make("M5", "1h0m0s +1d0m0s");
        observation.AddExposure("Cam00", Frame("a1"));
        observation.AddPointingImage("p0", "p0.fits");
        observation.AddPointingImage("p1", "p1.fits");
        observation.Merit = 5;
        observation.Reset();
        Assert.Equal(0, observation.CurrentExposureNumber);
        Assert.Equal(0, observation.Merit);
        Assert.Equal("p1.fits", observation.PointingImage);
        Assert.Equal(2, observation.PointingImages.Count);
    }

    [Fact]
    public void It_says_what_it_is() =>
        Assert.Equal("M5: 120 s exposures in blocks of 10, minimum 60, priority 50", Make("M5", "1h0m0s +1d0m0s", priority: 50).ToString());

    [Fact]
    public void The_status_has_the_keys_of_the_record() =>
        Assert.Equal(
            ["current_exp", "dec_mnt", "equinox", "exp_set_size", "exptime", "field_name", "merit", "min_nexp", "minimum_duration", "priority", "ra_mnt", "seq_time", "set_duration", "dark", "tags"],
            Make("M5", "1h0m0s +1d0m0s").Status().Select(pair => pair.Key));

    [Theory]
    [InlineData("J2000", 2000.0)]
    [InlineData("J2000.0", 2000.0)]
    [InlineData("2050", 2050.0)]
    [InlineData("of date", 2000.0)]
    public void The_equinox_is_a_number_in_the_status(string equinox, double year) =>
        Assert.Equal(year, new Observation(new Field("M5", default(SkyPosition)) { Equinox = equinox }, new()).Status().First(pair => pair.Key == "equinox").Value);

    [Fact]
    public void A_field_from_a_direction_stands_there()
    {
        var time = Utc("2016-08-13 10:00");
        var field = Field.FromHorizontal("Zenith", MaunaLoa, HorizontalPosition.FromDegrees(70, 120), time);
        Assert.Equal(70, Sky.Horizontal(field, time).Altitude.Degrees, 6);
        Assert.Equal(120, Sky.Horizontal(field, time).Azimuth.Degrees, 6);
    }

    private static Exposure Frame(string id) => new(id, id + ".fits", true, new Dictionary<string, object?>());
}
