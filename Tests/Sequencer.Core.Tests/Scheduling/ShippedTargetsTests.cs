using System.Globalization;
using Alpaca.Astronomy;
using Sequencer.Core.Configuration;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Tests.Scheduling;

public class ShippedTargetsTests
{
    private static readonly ObservatoryConfiguration Observatory = ConfigurationFile.Load(Shipped.File("observatory.yaml"));

    [Fact]
    public void The_shipped_list_loads_without_a_warning()
    {
        var scheduler = DispatchScheduler.For(Observatory, warning => Assert.Fail(warning));
        scheduler.ReadObservations();
        Assert.True(scheduler.Observations.Count >= 24);
        Assert.All(scheduler.Observations, observation => Assert.InRange(observation.Field.DecDegrees, -20, 65));
        Assert.Equal(scheduler.Observations.Count, scheduler.Observations.Select(observation => observation.Field.FieldName).Distinct().Count());
        Assert.True(scheduler.Observations.Select(observation => (int)(observation.Field.RaDegrees / 30)).Distinct().Count() == 12, "right ascensions leave a gap");
        Assert.All(scheduler.Observations, observation => Assert.InRange(observation.VisitDuration(scheduler.Overhead).TotalMinutes, 35, 60));
    }

    [Fact]
    public void Every_night_of_the_year_has_work_from_dusk_till_dawn()
    {
        var almanac = new Almanac(Observatory.Location.Site());
        var shortest = int.MaxValue;
        for (var day = 0; day < 366; day += 6)
        {
            var night = almanac.NightOf(new DateOnly(2026, 1, 1).AddDays(day))!.Value;
            var scheduler = DispatchScheduler.For(Observatory with { Scheduler = Observatory.Scheduler with { CheckFile = false } }, warning => Assert.Fail(warning));
            var visited = new List<string>();
            var last = TimeSpan.FromMinutes(60);
            for (var now = night.Start; now < night.End - last;)
            {
                var decision = scheduler.GetObservation(now);
                Assert.True(decision.Selected is not null, string.Create(CultureInfo.InvariantCulture, $"nothing to do at {now:u} after {string.Join(", ", visited)}"));
                Assert.DoesNotContain(decision.Selected.Name, visited);
                visited.Add(decision.Selected.Name);
                for (var i = 0; i < decision.Selected.MinExposures; i++)
                    decision.Selected.AddExposure("Cam00", new(string.Empty, string.Empty, true, new Dictionary<string, object?>()));
                now += decision.Selected.VisitDuration(scheduler.Overhead) + TimeSpan.FromMinutes(3);
            }
            shortest = Math.Min(shortest, visited.Count);
        }
        Assert.True(shortest >= 8, $"only {shortest} targets in a night");
    }
}
