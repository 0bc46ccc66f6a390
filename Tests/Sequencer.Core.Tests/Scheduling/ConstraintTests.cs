using Alpaca.Astronomy;
using Sequencer.Core.Configuration;
using Sequencer.Core.Scheduling;
using static Sequencer.Core.Tests.Scheduling.ReferenceTargets;

namespace Sequencer.Core.Tests.Scheduling;

public class ConstraintTests
{
    private static readonly string Now = "2016-08-13 10:00";

    [Fact]
    public void A_wall_all_around_rules_out_everything()
    {
        var wall = new AltitudeConstraint(new HorizonLine(30, [[new(90, 0), new(90, 359)]]));
        var decision = Scheduler(wall).GetObservation(Utc(Now));
        Assert.Null(decision.Selected);
        Assert.Equal(8, decision.Vetoes.Count);
    }

    [Fact]
    public void A_tree_of_40_degrees_hides_M44_in_the_east()
    {
        var field = All().Find(observation => observation.Name == "M44")!;
        var place = Sky.Horizontal(field.Field, Utc("2018-01-19 07:10"));
        Assert.InRange(place.Altitude.Degrees, 33.9, 34.1);
        Assert.InRange(place.Azimuth.Degrees, 78.9, 79.1);
        var moment = Moment("2018-01-19 07:10");
        Assert.Null(new AltitudeConstraint(new HorizonLine(30, [])).Judge(moment, field).Veto);
        Assert.NotNull(new AltitudeConstraint(new HorizonLine(30, [[new(40, 70), new(40, 80)]])).Judge(moment, field).Veto);
    }

    [Fact]
    public void The_Moon_prefers_Hat_P_16_to_HD_189733()
    {
        var rule = new MoonAvoidanceConstraint();
        var near = rule.Judge(Moment(Now), Make("HD 189733", "20h00m43.7135s +22d42m39.0645s"));
        var far = rule.Judge(Moment(Now), Make("Hat-P-16", "00h38m17.59s +42d27m47.2s"));
        Assert.True(far.Score > near.Score);
    }

    [Fact]
    public void Duration_prefers_Hat_P_16_to_HD_189733()
    {
        var rule = new DurationConstraint(30);
        Assert.True(rule.Judge(Moment(Now), Make("Hat-P-16", "00h38m17.59s +42d27m47.2s")).Score > rule.Judge(Moment(Now), Make("HD 189733", "20h00m43.7135s +22d42m39.0645s")).Score);
    }

    [Theory]
    [InlineData("Moon")]
    [InlineData("moon")]
    [InlineData("MOON")]
    public void A_target_called_moon_may_stand_at_the_Moon(string name)
    {
        var target = Make(name, "10h00m00s +10d00m00s");
        Assert.Equal(new ConstraintScore(null, 0), new MoonAvoidanceConstraint().Judge(Moment(Now, new FakeSky { Moon = 0 }), target));
        Assert.NotNull(new MoonAvoidanceConstraint().Judge(Moment(Now, new FakeSky { Moon = 0 }), Make("Moonlight", "10h00m00s +10d00m00s")).Veto);
    }

    [Theory]
    [InlineData(14.99, false)]
    [InlineData(15, true)]
    public void The_Moon_may_come_as_near_as_the_separation(double separation, bool allowed) =>
        Assert.Equal(allowed, new MoonAvoidanceConstraint().Judge(Moment(Now, new FakeSky { Moon = separation }), Two()).Veto is null);

    [Theory]
    [InlineData(1.9, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(1.9, 0.2, true)]
    [InlineData(1.7, 0.2, false)]
    public void A_two_hour_visit_must_end_by_the_meridian_or_within_the_margin(double transitInHours, double marginHours, bool allowed)
    {
        var sky = new FakeSky { TransitIn = TimeSpan.FromHours(transitInHours) };
        Assert.Equal(allowed, new DurationConstraint(30, TimeSpan.FromHours(marginHours)).Judge(Moment(Now, sky), Two()).Veto is null);
    }

    [Fact]
    public void A_meridian_after_the_night_does_not_matter() =>
        Assert.Null(new DurationConstraint(30).Judge(Moment(Now, new FakeSky { NightLeft = TimeSpan.FromHours(3), TransitIn = TimeSpan.FromHours(3.5) }), Make("long", "1h0m0s +1d0m0s", exposure: 60)).Veto);

    [Theory]
    [InlineData(8, null, 1.0)]
    [InlineData(8, 4.0, 0.5)]
    [InlineData(8, 20.0, 1.0)]
    [InlineData(8, 1.9, null)]
    [InlineData(1.9, null, null)]
    public void Duration_scores_the_part_of_the_night_that_is_left(double nightHours, double? setsInHours, double? score)
    {
        var sky = new FakeSky { NightLeft = TimeSpan.FromHours(nightHours), SetsIn = setsInHours is { } hours ? TimeSpan.FromHours(hours) : null };
        var judged = new DurationConstraint(30, weight: 2).Judge(Moment(Now, sky), Two());
        Assert.Equal(score is null, judged.Veto is not null);
        Assert.Equal(2 * (score ?? 0), judged.Score, 9);
    }

    [Fact]
    public void Overheads_count_in_the_length_of_a_visit()
    {
        var moment = Moment(Now, new FakeSky { NightLeft = TimeSpan.FromHours(2.05) });
        Assert.Null(new DurationConstraint(30).Judge(moment, Two()).Veto);
        Assert.NotNull(new DurationConstraint(30).Judge(moment with { Overhead = TimeSpan.FromSeconds(6) }, Two()).Veto);
    }

    [Fact]
    public void A_visited_target_is_known_by_its_name()
    {
        var scheduler = Scheduler(new AlreadyVisitedConstraint());
        scheduler.SetCurrentObservation(Make("M5", "15h18m33s +02d04m51s"), Utc(Now));
        var moment = Moment(Now, observed: scheduler.ObservedList);
        Assert.NotNull(new AlreadyVisitedConstraint().Judge(moment, Make("M5", "15h18m33s +02d04m51s")).Veto);
        Assert.Null(new AlreadyVisitedConstraint().Judge(moment, Make("M13", "15h18m33s +02d04m51s")).Veto);
    }

    [Fact]
    public void An_interrupted_visit_may_be_repeated_as_often_as_allowed_and_a_completed_one_may_not()
    {
        var rule = new AlreadyVisitedConstraint(interruptedVisits: 1);
        var scheduler = Scheduler(rule);
        var target = Make("M5", "15h18m33s +02d04m51s", minimum: 2, set: 2);
        bool Vetoed() => rule.Judge(Moment(Now, observed: scheduler.ObservedList), target).Veto is not null;
        scheduler.SetCurrentObservation(target, Utc(Now));
        scheduler.SetCurrentObservation(null, Utc(Now));
        Assert.False(Vetoed());
        scheduler.SetCurrentObservation(target, Utc(Now));
        Assert.True(Vetoed());

        scheduler.ResetObservedList();
        target.Reset();
        scheduler.SetCurrentObservation(null, Utc(Now));
        scheduler.SetCurrentObservation(target, Utc(Now));
        target.AddExposure("Cam00", new("a", "a.fits", true, new Dictionary<string, object?>()));
        target.AddExposure("Cam00", new("b", "b.fits", true, new Dictionary<string, object?>()));
        scheduler.SetCurrentObservation(null, Utc(Now));
        Assert.True(scheduler.ObservedList[0].Completed);
        Assert.True(Vetoed());
    }

    [Theory]
    [InlineData("09:59:59", 0)]
    [InlineData("10:00:00", 100)]
    [InlineData("12:00:00", 100)]
    [InlineData("12:00:01", 0)]
    public void A_time_window_scores_a_hundred_from_first_to_last_instant(string time, double score) =>
        Assert.Equal(score, new TimeWindowConstraint(Utc("2016-08-13 10:00"), Utc("2016-08-13 12:00")).Judge(Moment($"2016-08-13 {time}"), Two()).Score);

    [Fact]
    public void A_time_window_must_end_after_it_starts() =>
        Assert.Throws<ArgumentException>(() => new TimeWindowConstraint(Utc(Now), Utc(Now)));

    [Theory]
    [InlineData(121, false)]
    [InlineData(123, true)]
    public void Nothing_may_come_near_the_Sun_during_the_visit_and_two_minutes_more(double afterMinutes, bool allowed)
    {
        var near = Utc(Now).AddMinutes(afterMinutes);
        var sky = new FakeSky { Sun = time => time >= near ? 9.9 : 10 };
        Assert.Equal(allowed, new SunAvoidanceConstraint().Judge(Moment(Now, sky), Two()).Veto is null);
    }

    [Fact]
    public void An_unknown_rule_is_skipped_with_a_warning_that_names_the_nearest()
    {
        var warnings = new List<string>();
        Assert.Empty(Build("- {name: Altitud}", warnings));
        Assert.Contains("did you mean 'Altitude'?", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- {name: Altitude, options: {weight: -1}}", "weight")]
    [InlineData("- {name: MoonAvoidance, options: {seperation: 15}}", "did you mean 'separation'?")]
    [InlineData("- {name: TimeWindow, options: {start_time: 2026-11-02 06:00, end_time: 2026-11-02 05:00}}", "end_time must be after start_time")]
    [InlineData("- {name: TimeWindow, options: {start_time: soon, end_time: 2026-11-02 05:00}}", "not 'soon'")]
    [InlineData("- {name: TimeWindow, options: {start_time: 2026-11-02 06:00}}", "needs 'end_time'")]
    [InlineData("- {name: Altitude, options: {obstructions: [[[50, 10]]]}}", "at least two")]
    public void An_impossible_option_is_an_error(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<ConfigurationException>(() => Build(yaml, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_dotted_name_counts_by_its_last_part_and_options_reach_the_rule()
    {
        var rule = Assert.IsType<MoonAvoidanceConstraint>(Assert.Single(Build("- {name: panoptes.pocs.scheduler.constraint.MoonAvoidance, options: {separation: 40 deg, weight: 3}}", [])));
        Assert.NotNull(rule.Judge(Moment(Now, new FakeSky { Moon = 39 }), Two()).Veto);
        Assert.Equal(1.5, rule.Judge(Moment(Now, new FakeSky { Moon = 90 }), Two()).Score, 9);
    }

    private static Observation Two() => Make("Two hours", "10h00m00s +10d00m00s");

    private static IReadOnlyList<IConstraint> Build(string yaml, List<string> warnings)
    {
        var configuration = ConfigurationFile.Parse($"simulator: [power, weather]\nscheduler:\n  constraints:\n  {yaml}\n", Path.GetTempPath());
        return new ConstraintCatalogue(new()).Build(configuration.Scheduler.Constraints, warnings.Add);
    }
}
