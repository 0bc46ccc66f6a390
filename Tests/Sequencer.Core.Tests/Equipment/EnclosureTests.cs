using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Sequencer.Core.Configuration;
using Sequencer.Core.Equipment;
using Sequencer.Core.Records;
using Sequencer.Safety;
using ShutterState = Alpaca.Contract.ShutterState;

namespace Sequencer.Core.Tests.Equipment;

public sealed class EnclosureTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 15, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(1));
    private readonly List<JournalEntry> _entries = [];
    private readonly TestDome _dome;
    private Enclosure _enclosure;

    public EnclosureTests()
    {
        _dome = new TestDome(_clock);
        _enclosure = Make(_dome);
    }

    [Fact]
    public void Without_a_dome_opening_and_closing_succeed() => Run(async () =>
    {
        var none = Make(null);
        await none.ConnectAsync(CancellationToken.None);
        Assert.True(await none.OpenAsync(() => Permission.Granted, CancellationToken.None));
        Assert.True(await none.CloseAsync(CancellationToken.None));
        Assert.True(none.IsClosed);
    });

    [Fact]
    public void Opening_and_closing_are_idempotent_and_done_only_when_the_sensor_says_so() => Run(async () =>
    {
        foreach (var open in new[] { true, true, false, false, true })
        {
            Assert.True(open ? await _enclosure.OpenAsync(() => Permission.Granted, CancellationToken.None) : await _enclosure.CloseAsync(CancellationToken.None));
            Assert.Equal(open ? ShutterState.Open : ShutterState.Closed, _dome.State);
        }
        Assert.Equal(["closed", "opening", "open", "closing", "closed", "opening", "open"], Shutter);
    });

    [Fact]
    public void It_does_not_open_when_it_may_not() => Run(async () =>
    {
        Assert.False(await _enclosure.OpenAsync(() => Permission.Denied("it rains"), CancellationToken.None));
        Assert.DoesNotContain("open", _dome.Commands);
    });

    [Fact]
    public void A_shutter_that_sticks_is_told_again_after_the_dome_has_turned_a_little()
    {
        var turning = new TestDome(_clock) { Turns = true, StuckCloses = 2 };
        _enclosure = Make(turning);
        Run(async () =>
        {
            await _enclosure.OpenAsync(() => Permission.Granted, CancellationToken.None);
            Assert.True(await _enclosure.CloseAsync(CancellationToken.None));
            Assert.Equal(["open", "close", "turn 5", "close", "turn 10", "close"], turning.Commands);
            Assert.Null(_enclosure.Fault);
        });
    }

    [Fact]
    public void A_shutter_that_never_closes_raises_one_alarm_and_a_fault_that_lasts_until_it_is_closed() => Run(async () =>
    {
        await _enclosure.OpenAsync(() => Permission.Granted, CancellationToken.None);
        _dome.StuckCloses = 6;
        Assert.False(await _enclosure.CloseAsync(CancellationToken.None));
        Assert.NotNull(_enclosure.Fault);
        Assert.False(_enclosure.IsClosed);
        Assert.False(await _enclosure.CloseAsync(CancellationToken.None));
        Assert.Single(_entries, entry => entry.Event == "alarm");
        Assert.True(await _enclosure.CloseAsync(CancellationToken.None));
        Assert.Null(_enclosure.Fault);
    });

    [Fact]
    public void Callers_that_close_at_the_same_time_share_one_command() => Run(async () =>
    {
        await _enclosure.OpenAsync(() => Permission.Granted, CancellationToken.None);
        var both = await Task.WhenAll(_enclosure.CloseAsync(CancellationToken.None), _enclosure.CloseAsync(CancellationToken.None));
        Assert.Equal([true, true], both);
        Assert.Single(_dome.Commands, command => command == "close");
    });

    [Fact]
    public void Closing_goes_on_when_the_caller_stops_waiting() => Run(async () =>
    {
        await _enclosure.OpenAsync(() => Permission.Granted, CancellationToken.None);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _enclosure.CloseAsync(cancel.Token));
        await Task.Delay(TimeSpan.FromSeconds(30), _clock);
        Assert.Equal(ShutterState.Closed, _dome.State);
    });

    [Fact]
    public void An_opening_that_is_stopped_is_reversed_even_by_a_shutter_that_refuses_to_turn_round()
    {
        var stubborn = new TestDome(_clock) { RefusesReversal = true };
        _enclosure = Make(stubborn);
        Run(async () =>
        {
            using var rain = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _enclosure.OpenAsync(() => Permission.Granted, rain.Token));
            Assert.True(await _enclosure.CloseAsync(CancellationToken.None));
            Assert.Equal(ShutterState.Closed, stubborn.State);
            Assert.Contains("abort", stubborn.Commands);
        });
    }

    [Fact]
    public void A_dome_that_cannot_be_reached_is_not_closed_and_is_taken_up_again_by_the_next_call() => Run(async () =>
    {
        await _enclosure.OpenAsync(() => Permission.Granted, CancellationToken.None);
        _dome.LinkIsCut = true;
        Assert.False(await _enclosure.CloseAsync(CancellationToken.None));
        Assert.False(_enclosure.IsClosed);
        Assert.True(_enclosure.Links.Single().IsLost);
        _dome.LinkIsCut = false;
        // A restarted server has forgotten that it was connected.
        _dome.Connected = false;
        Assert.True(await _enclosure.CloseAsync(CancellationToken.None));
        Assert.Equal(["connected", "lost", "restored"], _entries.Where(entry => entry.Event == "device").Select(entry => entry.Text("link")));
    });

    private IEnumerable<string?> Shutter => _entries.Where(entry => entry.Event == "dome").Select(entry => entry.Text("shutter"));

    private Enclosure Make(TestDome? dome)
    {
        var journal = new Journal(_clock);
        journal.Written += _entries.Add;
        return new Enclosure(dome, null, new DomeOptions(), TimeSpan.FromSeconds(1), _clock, journal);
    }

    private void Run(Func<Task> test) => _clock.Run(async () =>
    {
        await _enclosure.ConnectAsync(CancellationToken.None);
        await test();
    });
}
