using Alpaca.Astronomy.Clocks;
using Sequencer.App.Night;
using Sequencer.Core.Records;

namespace Sequencer.App.Tests;

public sealed class NightBoardTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);
    private readonly ManualClock _clock = new(Start);
    private readonly NightBoard _board = new();
    private readonly List<string> _messages = [];
    private readonly Journal _journal;

    public NightBoardTests()
    {
        _journal = new Journal(_clock);
        _journal.Written += entry =>
        {
            if (_board.Update(entry) is { } message) _messages.Add(message);
        };
    }

    public void Dispose() => _journal.Dispose();

    [Fact]
    public void It_shows_state_target_dome_and_safety_as_the_journal_tells_them()
    {
        _journal.State("scheduling", "slewing", "start_slewing");
        _journal.Mount(parked: false, slewing: true, tracking: true, "M 42");
        _journal.Dome("open");
        _journal.Safety(false, ["rain"]);
        Assert.Equal("slewing", _board.State);
        Assert.Equal("M 42", _board.Target);
        Assert.Equal("open", _board.Shutter);
        Assert.False(_board.Safe);
        Assert.Equal(["06:00:00  slewing to M 42", "06:00:00  dome open", "06:00:00  not safe: rain"], _messages);
    }

    [Fact]
    public void An_exposure_shows_how_far_it_is_until_its_frame_is_there()
    {
        _journal.ExposureStart("Cam00", "M 42", "light", 120, 1, null);
        _clock.Advance(TimeSpan.FromSeconds(30));
        var (camera, kind, fraction, seconds) = Assert.Single(_board.Exposures(_clock.GetUtcNow()));
        Assert.Equal(("Cam00", "light", 0.25, 120.0), (camera, kind, fraction, seconds));
        _journal.Write("exposure.end", ("camera", "Cam00"), ("target", "M 42"), ("kind", "light"), ("file", "images/a.fits"));
        Assert.Empty(_board.Exposures(_clock.GetUtcNow()));
        Assert.Equal(1, _board.LightFrames);
        Assert.Equal(1, Assert.Single(_board.Frames).Value);
    }

    [Fact]
    public void An_aborted_exposure_is_no_frame_and_says_why()
    {
        _journal.ExposureStart("Cam00", "M 42", "light", 120, 1, null);
        _journal.ExposureAborted("Cam00", "M 42", "light", "rain");
        Assert.Equal(0, _board.LightFrames);
        Assert.EndsWith("Cam00: exposure aborted: rain", Assert.Single(_messages), StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_alarms_and_sayings_reach_the_person()
    {
        _journal.Warning("the disk fills");
        _journal.Write("alarm", ("message", "the dome does not close"));
        _journal.Write("say", ("unit", "PAN000"), ("text", "Ready, and all is well."));
        Assert.Equal(["06:00:00  warning: the disk fills", "06:00:00  ALARM: the dome does not close", "06:00:00  Ready, and all is well."], _messages);
    }

    [Fact]
    public void Only_the_last_messages_are_kept()
    {
        for (var i = 0; i < 30; i++) _journal.Warning($"number {i}");
        Assert.Equal(9, _board.Messages.Count);
        Assert.EndsWith("number 29", _board.Messages[^1], StringComparison.Ordinal);
    }
}
