using System.Text.Json;
using Sequencer.Core.Records;

namespace Sequencer.Core.Tests.Records;

public sealed class NightSummaryTests
{
    private static readonly string[] Night =
    [
        """{"t":"2026-01-10T04:00:00.000Z","event":"night.start","site":"Mauna Loa","date":"2026-01-09","unit":"u","seed":7,"rate":600}""",
        """{"t":"2026-01-10T04:00:00.000Z","event":"night.dark","start":"2026-01-10T05:00:00.000Z","end":"2026-01-10T15:00:00.000Z"}""",
        """{"t":"2026-01-10T04:00:00.000Z","event":"activity","cause":"waiting"}""",
        """{"t":"2026-01-10T05:10:00.000Z","event":"activity","cause":"slewing"}""",
        """{"t":"2026-01-10T05:11:00.000Z","event":"activity","cause":"pointing"}""",
        """{"t":"2026-01-10T05:11:40.000Z","event":"solve","target":"A","phase":"before","offsetArcsec":400.5,"accepted":false}""",
        """{"t":"2026-01-10T05:12:30.000Z","event":"solve","target":"A","phase":"after","offsetArcsec":4.5,"accepted":true}""",
        """{"t":"2026-01-10T05:13:00.000Z","event":"exposure.start","camera":"c0","target":"A","kind":"light","exptime":60}""",
        """{"t":"2026-01-10T05:13:00.000Z","event":"activity","cause":"observing"}""",
        """{"t":"2026-01-10T05:13:10.000Z","event":"exposure.start","camera":"c1","target":"A","kind":"light","exptime":60}""",
        """{"t":"2026-01-10T05:14:10.000Z","event":"activity","cause":"readout"}""",
        """{"t":"2026-01-10T05:14:12.000Z","event":"exposure.end","camera":"c0","target":"A","kind":"light","exptime":60,"file":"images/A/1.fits"}""",
        """{"t":"2026-01-10T05:14:13.000Z","event":"exposure.end","camera":"c1","target":"A","kind":"light","exptime":60,"file":"images/A/2.fits"}""",
        """{"t":"2026-01-10T05:14:20.000Z","event":"frame.compressed","from":"images/A/1.fits","file":"images/A/1.fits.fz"}""",
        """{"t":"2026-01-10T05:15:00.000Z","event":"exposure.start","camera":"c0","target":"A","kind":"light","exptime":60}""",
        """{"t":"2026-01-10T05:15:00.000Z","event":"activity","cause":"observing"}""",
        """{"t":"2026-01-10T05:15:30.000Z","event":"exposure.aborted","camera":"c0","target":"A","kind":"light","reason":"rain"}""",
        """{"t":"2026-01-10T05:15:30.000Z","event":"activity","cause":"weather"}""",
        """{"t":"2026-01-10T05:16:00.000Z","event":"warning","message":"It rains."}""",
        """{"t":"2026-01-10T05:20:00.000Z","event":"solve","target":"B","phase":"before","offsetArcsec":3,"accepted":true}""",
        """{"t":"2026-01-10T06:00:00.000Z","event":"night.end","parked":true,"closed":true,"reason":"done"}""",
    ];

    private static NightSummary Summary(IEnumerable<string> lines) => NightSummary.FromJournal(Journal.Parse(lines));

    [Fact]
    public void Every_dark_second_goes_to_observing_or_to_one_cause()
    {
        var summary = Summary(Night);

        // Dark from 05:00 (the run began earlier) to 06:00 (the run ended before dawn).
        Assert.Equal(3600, summary.DarkSeconds);
        Assert.Equal(7200, summary.VirtualSeconds);
        Assert.Equal(
            new Dictionary<string, double> { ["aborted"] = 30, ["pointing"] = 120, ["readout"] = 50, ["slewing"] = 60, ["waiting"] = 600, ["weather"] = 2670 },
            summary.Lost);
        Assert.Equal(summary.DarkSeconds, summary.ObservedSeconds + summary.Lost.Values.Sum());
    }

    [Fact]
    public void Two_cameras_that_expose_together_observe_once()
    {
        // 05:13:00 to 05:14:10: 60 s each, 10 s apart.
        Assert.Equal(70, Summary(Night).ObservedSeconds);
        Assert.Equal(70.0 / 3600, Summary(Night).Efficiency, 9);
    }

    [Fact]
    public void Frames_are_counted_by_target_and_files_keep_their_last_name()
    {
        var summary = Summary(Night);
        Assert.Equal([new TargetFrames("A", 2)], summary.Targets);
        Assert.Equal(2, summary.LightFrames);
        Assert.Equal(["images/A/1.fits.fz", "images/A/2.fits"], summary.Files);
    }

    [Fact]
    public void Pointing_errors_are_reported_before_and_after_and_a_good_first_look_needs_no_second()
    {
        Assert.Equal([new PointingResult("A", 400.5, 4.5), new PointingResult("B", 3, 3)], Summary(Night).Pointing);
    }

    [Fact]
    public void The_json_has_exactly_the_fields_scripts_rely_on()
    {
        using var json = JsonDocument.Parse((Summary(Night) with { WallSeconds = 12.5, Journal = "data/journal.jsonl" }).ToJson());
        Assert.Equal(
            [
                "ok", "site", "date", "seed", "rate", "virtualSeconds", "wallSeconds", "darkSeconds", "observedSeconds", "efficiency", "lightFrames", "targets", "pointing",
                "lost", "warnings", "files", "journal", "endedParked", "endedClosed",
            ],
            json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.True(json.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal(2670, json.RootElement.GetProperty("lost").GetProperty("weather").GetDouble());
        Assert.Equal("""[{"target":"A","beforeArcsec":400.5,"afterArcsec":4.5},{"target":"B","beforeArcsec":3,"afterArcsec":3}]""", json.RootElement.GetProperty("pointing").GetRawText());
        Assert.Equal("""[{"name":"A","frames":2}]""", json.RootElement.GetProperty("targets").GetRawText());
    }

    [Fact]
    public void A_night_without_end_is_not_ok_and_says_so()
    {
        var summary = Summary(Night[..^1]);
        Assert.False(summary.Ok);
        Assert.Contains(summary.Warnings, warning => warning.Contains("middle of the night", StringComparison.Ordinal));
        Assert.Equal(summary.DarkSeconds, summary.ObservedSeconds + summary.Lost.Values.Sum());
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void A_night_that_did_not_end_parked_and_closed_is_not_ok(bool parked, bool closed)
    {
        var end = $$"""{"t":"2026-01-10T06:00:00.000Z","event":"night.end","parked":{{(parked ? "true" : "false")}},"closed":{{(closed ? "true" : "false")}},"reason":"done"}""";
        Assert.False(Summary([.. Night[..^1], end]).Ok);
    }

    [Fact]
    public void The_last_of_several_nights_in_a_journal_counts()
    {
        var summary = Summary([.. Night, Night[0].Replace("04:00", "16:00", StringComparison.Ordinal).Replace("2026-01-09", "2026-01-10", StringComparison.Ordinal)]);
        Assert.Equal("2026-01-10", summary.Date);
        Assert.Equal(0, summary.LightFrames);
    }

    [Fact]
    public void A_journal_without_a_night_is_an_error() => Assert.Throws<InvalidDataException>(() => Summary(Night[1..]));
}
