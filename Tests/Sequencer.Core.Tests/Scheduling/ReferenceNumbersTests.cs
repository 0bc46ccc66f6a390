using System.Globalization;
using Alpaca.Astronomy;
using Sequencer.Core.Scheduling;
using static Sequencer.Core.Tests.Scheduling.ReferenceTargets;

namespace Sequencer.Core.Tests.Scheduling;

public class ReferenceNumbersTests
{
    [Theory]
    [InlineData("2016-08-13 05:00", "HD 189733 116.7, KIC 8462852 63.9, M5 25.5")]
    [InlineData("2016-08-13 10:00", "HD 189733 99.6, KIC 8462852 56.7")]
    [InlineData("2016-08-13 10:30", "HD 189733 95.7, KIC 8462852 55.0")]
    [InlineData("2016-08-13 14:30", "")]
    [InlineData("2016-08-13 15:00", "")]
    [InlineData("2016-09-11 07:08", "HD 189733 79.5, KIC 8462852 46.8")]
    [InlineData("2016-09-11 10:08", "Wasp 33 167.7, HD 209458 100.6, KIC 8462852 33.0")]
    public void The_ranking_is_the_reference_ranking_with_merits_within_one_percent(string utc, string expected)
    {
        var ranking = Scheduler().GetObservation(Utc(utc)).Ranking;
        var reference = expected.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text =>
            (Name: text[..text.LastIndexOf(' ')], Merit: double.Parse(text[text.LastIndexOf(' ')..], CultureInfo.InvariantCulture))).ToList();
        Assert.Equal(reference.Select(pair => pair.Name), ranking.Select(ranked => ranked.Name));
        foreach (var (ranked, (name, merit)) in ranking.Zip(reference))
            Assert.True(Math.Abs(ranked.Merit - merit) <= 0.01 * merit, $"{name}: {ranked.Merit} against {merit}");
    }

    [Theory]
    [InlineData("2016-08-13 05:00", "Tres 3", "cross the meridian")]
    [InlineData("2016-08-13 10:00", "HD 209458", "cross the meridian at 10:57")]
    [InlineData("2016-08-13 10:30", "Tres 3", "are left for a visit of 480 min")]
    [InlineData("2016-09-11 07:08", "HD 209458", "cross the meridian")]
    [InlineData("2016-09-11 10:08", "HD 189733", "are left for a visit of 120 min")]
    public void The_vetoes_are_the_reference_vetoes(string utc, string target, string reason) =>
        Assert.Contains(reason, Scheduler().GetObservation(Utc(utc)).Vetoes[target], StringComparison.Ordinal);

    [Fact]
    public void The_night_of_the_reference_ends_at_14_45_16()
    {
        var end = Scheduler().EndOfNight(Utc("2016-08-13 14:30"));
        Assert.True((end - Utc("2016-08-13 14:45:16")).Duration() < TimeSpan.FromSeconds(30), end.ToString("u", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Sabik_is_three_degrees_from_the_Moon_and_ruled_out()
    {
        var sabik = Make("Sabik", "17h10m23s -15d43m30s");
        Assert.InRange(Sky.MoonSeparationDegrees(sabik.Field, Utc("2016-08-13 10:00")), 2.7, 3.5);
        Assert.NotNull(new MoonAvoidanceConstraint().Judge(Moment("2016-08-13 10:00"), sabik).Veto);
    }

    [Fact]
    public void Hat_P_20_stands_where_the_reference_has_it()
    {
        var field = new Field("HAT-P-20", SkyPosition.Parse("07h27m39.89s +24d20m14.7s"));
        var time = Utc("2016-08-13 22:00");
        Assert.InRange(Sky.MoonSeparationDegrees(field, time), 156.0, 156.32);
        var altitude = Sky.Horizontal(field, time).Altitude.Radians;
        Assert.InRange(1 / Math.Sin(altitude), 1.0918 * 0.99, 1.0918 * 1.01);
    }
}
