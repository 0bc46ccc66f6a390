using Sequencer.Core.Scheduling;
using static Sequencer.Core.Tests.Scheduling.ReferenceTargets;

namespace Sequencer.Core.Tests.Scheduling;

public class DispatchSchedulerTests
{
    [Fact]
    public void The_best_target_becomes_current_with_its_merit()
    {
        var scheduler = Scheduler();
        var decision = scheduler.GetObservation(Utc("2016-08-13 10:00"));
        Assert.Equal("HD 189733", decision.Selected!.Name);
        Assert.InRange(decision.Merit, 99.6 * 0.99, 99.6 * 1.01);
        Assert.Same(decision.Selected, scheduler.CurrentObservation);
        Assert.Equal(decision.Merit, scheduler.CurrentObservation!.Merit);
    }

    [Fact]
    public void A_time_window_of_its_own_brings_a_target_to_the_top_and_only_within_the_window()
    {
        var window = new TimeWindowConstraint(Utc("2016-08-13 10:10"), Utc("2016-08-13 12:00"));
        var targets = All();
        targets.RemoveAll(target => target.Name == "HD 189733");
        targets.Add(Make("HD 189733", "20h00m43.7135s +22d42m39.0645s", priority: 20, constraints: window));
        Assert.Equal("HD 189733", Scheduler(() => targets).GetObservation(Utc("2016-08-13 10:30")).Selected!.Name);
        Assert.NotEqual("HD 189733", Scheduler(() => targets).GetObservation(Utc("2016-08-13 12:01")).Selected!.Name);
    }

    [Fact]
    public void A_rule_of_one_target_does_not_reach_the_others()
    {
        var wall = new AltitudeConstraint(new HorizonLine(90, []));
        var targets = All();
        targets.Insert(0, Make("Walled in", "20h10m00s +30d00m00s", constraints: wall));
        IReadOnlyList<IConstraint> given = [new MoonAvoidanceConstraint()];
        var scheduler = Scheduler(() => targets);
        var decision = scheduler.GetObservation(Utc("2016-08-13 10:00"), constraints: given);
        Assert.Equal(["Walled in"], decision.Vetoes.Keys);
        Assert.Single(given);
    }

    [Fact]
    public void After_the_night_there_is_no_current_observation()
    {
        var scheduler = Scheduler();
        Assert.Null(scheduler.GetObservation(Utc("2016-08-13 15:00")).Selected);
        Assert.Null(scheduler.CurrentObservation);
    }

    [Fact]
    public void The_same_target_stays_until_a_set_no_longer_fits_into_the_night()
    {
        var scheduler = Scheduler();
        var first = scheduler.GetObservation(Utc("2016-08-13 10:30")).Selected;
        Assert.Same(first, scheduler.GetObservation(Utc("2016-08-13 10:45")).Selected);
        Assert.Null(scheduler.GetObservation(Utc("2016-08-13 14:30")).Selected);
    }

    [Theory]
    [InlineData(60, 60, true)]
    [InlineData(15, 60, false)]
    [InlineData(60, 29, false)]
    public void When_nothing_else_can_be_observed_the_current_target_goes_on_while_a_set_fits(double nightLeftMinutes, double altitude, bool kept)
    {
        var sky = new FakeSky { NightLeft = TimeSpan.FromMinutes(nightLeftMinutes), Altitude = altitude };
        var scheduler = new DispatchScheduler(new() { Constraints = [new DurationConstraint(30)] }, sky, () => [Make("Two hours", "1h0m0s +1d0m0s")]);
        scheduler.ReadObservations();
        scheduler.SetCurrentObservation(scheduler.Find("Two hours"), Utc("2016-08-13 10:00"));
        var decision = scheduler.GetObservation(Utc("2016-08-13 12:00"));
        Assert.Equal(kept, decision.Kept);
        Assert.Equal(kept, decision.Selected is not null);
    }

    [Fact]
    public void A_reread_keeps_the_object_of_an_unchanged_entry_and_takes_that_of_a_changed_one()
    {
        var priority = 5;
        Observation Entry(string name, int value) => new(Make(name, "1h0m0s +1d0m0s").Field, new() { Priority = value }) { Entry = $"{name} {value}" };
        var scheduler = new DispatchScheduler(new() { Constraints = [new MoonAvoidanceConstraint()], RereadEveryTime = true }, new FakeSky(), () => [Entry("Same", 9), Entry("Changed", priority)]);
        var same = scheduler.GetObservation(Utc("2016-08-13 10:00")).Selected;
        var changed = scheduler.Find("Changed");
        priority = 6;
        Assert.Same(same, scheduler.GetObservation(Utc("2016-08-13 10:10")).Selected);
        Assert.NotSame(changed, scheduler.Find("Changed"));
        Assert.Equal(6, scheduler.Find("Changed")!.Priority);
    }

    [Fact]
    public void A_reread_list_brings_new_targets_in()
    {
        var targets = All();
        var scheduler = Scheduler(() => [.. targets]);
        scheduler.GetObservation(Utc("2016-08-13 10:00"));
        targets.Add(Make("HD 189733 twin", "20h00m43.7135s +22d42m39.0645s", priority: 50000));
        Assert.Equal("HD 189733", scheduler.GetObservation(Utc("2016-08-13 10:00")).Selected!.Name);
        Assert.Equal("HD 189733 twin", scheduler.GetObservation(Utc("2016-08-13 10:00"), reread: true).Selected!.Name);
    }

    [Fact]
    public void A_visit_is_stamped_when_it_begins_and_only_then()
    {
        var scheduler = Scheduler();
        var target = scheduler.GetObservation(Utc("2016-08-13 10:30")).Selected!;
        var first = target.SeqTime!;
        Assert.Equal("20160813T103000", first);
        scheduler.GetObservation(Utc("2016-08-13 10:45"));
        Assert.Equal(first, target.SeqTime);
        var other = scheduler.Find("KIC 8462852")!;
        scheduler.SetCurrentObservation(other, Utc("2016-08-13 11:00"));
        Assert.Null(target.SeqTime);
        scheduler.SetCurrentObservation(target, Utc("2016-08-13 11:30"));
        Assert.Equal("20160813T113000", target.SeqTime);
        target.Reset();
        Assert.Null(target.SeqTime);
    }

    [Fact]
    public void Putting_the_same_target_back_keeps_the_visit()
    {
        var scheduler = Scheduler();
        var existing = scheduler.GetObservation(Utc("2016-08-13 10:30")).Selected!;
        var fresh = Make("HD 189733", "20h00m43.7135s +22d42m39.0645s");
        scheduler.SetCurrentObservation(fresh, Utc("2016-08-13 10:40"));
        Assert.Equal("20160813T103000", fresh.SeqTime);
        scheduler.SetCurrentObservation(existing, Utc("2016-08-13 10:40"));
        Assert.Same(existing, scheduler.CurrentObservation);
        Assert.Single(scheduler.ObservedList);
    }

    [Fact]
    public void The_observed_list_grows_with_each_visit_and_can_be_reset()
    {
        var scheduler = Scheduler();
        scheduler.GetObservation(Utc("2016-09-11 07:08"));
        Assert.Single(scheduler.ObservedList);
        scheduler.GetObservation(Utc("2016-09-11 10:08"));
        Assert.Equal(2, scheduler.ObservedList.Count);
        scheduler.GetObservation(Utc("2016-09-11 14:38"));
        Assert.Equal(2, scheduler.ObservedList.Count);
        scheduler.ResetObservedList();
        Assert.Empty(scheduler.ObservedList);
    }

    [Fact]
    public void On_equal_merit_the_later_entry_ranks_first()
    {
        var sky = new FakeSky();
        var scheduler = new DispatchScheduler(new() { Constraints = [new MoonAvoidanceConstraint()] }, sky, () => [Make("First", "1h0m0s +1d0m0s"), Make("Second", "1h0m0s +1d0m0s")]);
        Assert.Equal(["Second", "First"], scheduler.GetObservation(Utc("2016-08-13 10:00")).Ranking.Select(ranked => ranked.Name));
    }

    [Theory]
    [InlineData(104, true)]
    [InlineData(106, false)]
    public void The_current_target_is_left_only_for_a_merit_beyond_the_hysteresis(double priority, bool kept)
    {
        var scheduler = new DispatchScheduler(
            new() { Constraints = [new MoonAvoidanceConstraint()], Hysteresis = 0.05 }, new FakeSky(), () => [Make("Current", "1h0m0s +1d0m0s"), Make("Better", "1h0m0s +1d0m0s", priority)]);
        scheduler.ReadObservations();
        var current = scheduler.Find("Current")!;
        // A merit from hours ago must not count.
        scheduler.SetCurrentObservation(current, Utc("2016-08-13 10:00"));
        current.Merit = 1e9;
        var decision = scheduler.GetObservation(Utc("2016-08-13 12:00"));
        Assert.Equal(kept, decision.Kept);
        Assert.Equal(kept ? "Current" : "Better", decision.Selected!.Name);
        Assert.Equal(kept ? 50 : 53, decision.Merit, 6);
    }

    [Fact]
    public void Measured_cadence_replaces_the_estimated_overhead()
    {
        var scheduler = Scheduler();
        for (var i = 0; i < 40; i++)
            scheduler.NoteCadence(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(150));
        Assert.InRange(scheduler.Overhead.TotalSeconds, 29, 30);
        scheduler.NoteCadence(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(20));
        Assert.InRange(scheduler.Overhead.TotalSeconds, 29, 30);
    }

    [Fact]
    public void Clearing_forgets_the_current_target_and_the_list_is_read_again()
    {
        var reads = 0;
        var scheduler = Scheduler(() =>
        {
            reads++;
            return All();
        });
        scheduler.GetObservation(Utc("2016-08-13 10:00"));
        scheduler.GetObservation(Utc("2016-08-13 10:00"));
        Assert.Equal(1, reads);
        scheduler.ClearAvailableObservations(Utc("2016-08-13 10:01"));
        Assert.Null(scheduler.CurrentObservation);
        Assert.False(scheduler.HasValidObservations);
        scheduler.GetObservation(Utc("2016-08-13 10:02"));
        Assert.Equal(2, reads);
    }

    [Fact]
    public void A_duplicate_name_replaces_and_the_same_position_under_another_name_is_kept()
    {
        var scheduler = Scheduler();
        scheduler.ReadObservations();
        scheduler.Add(Make("M5", "15h18m33.2201s +02d04m51.7008s", priority: 7));
        scheduler.Add(Make("Messier 5", "15h18m33.2201s +02d04m51.7008s"));
        Assert.Equal(9, scheduler.Observations.Count);
        Assert.Equal(7, scheduler.Find("M5")!.Priority);
        scheduler.Remove("nobody");
        scheduler.Remove("M5");
        Assert.Equal(8, scheduler.Observations.Count);
    }
}
