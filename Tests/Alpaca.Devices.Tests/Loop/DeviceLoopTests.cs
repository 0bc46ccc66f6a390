using Alpaca.Contract;
using Alpaca.Devices.Links;
using Alpaca.Devices.Tests.Sample;

namespace Alpaca.Devices.Tests.Loop;

/// <summary>What every driver gets from its loop, shown by a small focuser on virtual time.</summary>
public sealed class DeviceLoopTests
{
    [Fact]
    public void A_move_is_under_way_at_once_and_ends_where_it_should() => FocuserScene.Run(async scene =>
    {
        await scene.Focuser.MoveAsync(12_000);
        Assert.True(await scene.Focuser.IsMovingAsync());
        await scene.UntilStillAsync();
        Assert.Equal(12_000, await scene.Focuser.PositionAsync());
        Assert.InRange((scene.Clock.GetUtcNow() - scene.Clock.Start).TotalSeconds, 4, 5);
    });

    [Fact]
    public void Reading_never_waits_for_the_hardware() => FocuserScene.Run(async scene =>
    {
        scene.Emulator.Faults.Silence(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 20; i++)
        {
            Assert.True(scene.Focuser.PositionAsync().AsTask().IsCompletedSuccessfully);
            await scene.Pass(0.1);
        }
    });

    [Fact]
    public void A_stuck_motor_is_a_failed_move_until_the_next_one() => FocuserScene.Run(async scene =>
    {
        scene.Emulator.StuckAt = 10_000;
        await scene.Focuser.MoveAsync(11_000);
        var failure = await FocuserScene.FailureOf(() => new ValueTask(scene.UntilStillAsync()));
        Assert.Equal(DriverError.MoveTimeout, failure.Number);
        Assert.Contains("stopped at 10000 instead of 11000", failure.Message, StringComparison.Ordinal);
        await FocuserScene.FailureOf(() => scene.Focuser.IsMovingAsync());
        scene.Emulator.StuckAt = null;
        await scene.Focuser.MoveAsync(10_500);
        await scene.UntilStillAsync();
        Assert.Equal(10_500, await scene.Focuser.PositionAsync());
    });

    [Fact]
    public void A_command_that_the_device_refuses_is_no_move() => FocuserScene.Run(async scene =>
    {
        var far = new StepperFocuser(new StepperOptions { Port = "none", MaxStep = 65_000 }, FocuserScene.Context(new(), scene.Clock));
        Assert.Equal(AlpacaError.NotConnected, (await FocuserScene.FailureOf(() => far.MoveAsync(1))).Error);
        scene.Emulator.Faults.CorruptNext(1);
        var failure = await FocuserScene.FailureOf(() => scene.Focuser.MoveAsync(11_000));
        Assert.Equal(DriverError.MalformedReply, failure.Number);
        Assert.Contains("after \"M11000#\"", failure.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void An_abort_overtakes_the_queue_and_refuses_what_waits() => FocuserScene.Run(async scene =>
    {
        await scene.Focuser.MoveAsync(50_000);
        scene.Emulator.Faults.DeafForNext("M40000#".Length);
        var stalled = scene.Focuser.MoveAsync(40_000).AsTask();
        await scene.Pass(0.01);
        var waiting = scene.Focuser.MoveAsync(30_000).AsTask();
        var before = scene.Clock.GetUtcNow();
        await scene.Focuser.HaltAsync();
        Assert.InRange((scene.Clock.GetUtcNow() - before).TotalSeconds, 0, 0.1);
        Assert.Equal(AlpacaError.OperationCancelled, (await Assert.ThrowsAsync<AlpacaException>(() => stalled)).Error);
        Assert.Equal(AlpacaError.OperationCancelled, (await Assert.ThrowsAsync<AlpacaException>(() => waiting)).Error);
        await scene.Pass(2);
        Assert.False(await scene.Focuser.IsMovingAsync());
        Assert.DoesNotContain("M30000", scene.Emulator.Heard);
    });

    [Fact]
    public void Pulling_the_cable_during_a_move_fails_it_within_three_seconds_and_nothing_moves_on_return() => FocuserScene.Run(async scene =>
    {
        await scene.Focuser.MoveAsync(40_000);
        await scene.Pass(2);
        await scene.Port.UnplugAsync();
        var before = scene.Clock.GetUtcNow();
        AlpacaException? failure = null;
        while (failure is null)
        {
            try
            {
                await scene.Focuser.IsMovingAsync();
                await scene.Pass(0.1);
            }
            catch (AlpacaException e)
            {
                failure = e;
            }
        }

        Assert.InRange((scene.Clock.GetUtcNow() - before).TotalSeconds, 0, 2);
        Assert.Equal(AlpacaError.NotConnected, failure.Error);
        Assert.False(await scene.Focuser.ConnectedAsync());
        var commands = scene.Emulator.Heard.Count(c => c.StartsWith('M'));

        await scene.Pass(20);
        await scene.Port.PlugInAsync();
        await scene.Pass(12);
        Assert.True(await scene.Focuser.ConnectedAsync());
        Assert.InRange(await scene.Focuser.PositionAsync(), 10_000, 40_000);
        Assert.Equal(DriverError.Removed, (await FocuserScene.FailureOf(() => scene.Focuser.IsMovingAsync())).Number);
        Assert.Equal(commands, scene.Emulator.Heard.Count(c => c.StartsWith('M')));
        Assert.Equal((1, 1), (scene.Focuser.Counters.Losses, scene.Focuser.Counters.Recoveries));
    });

    [Fact]
    public void Another_device_on_the_port_is_refused_until_the_right_one_is_back() => FocuserScene.Run(async scene =>
    {
        await scene.Port.UnplugAsync();
        var right = scene.Port.Emulator;
        scene.Port.Emulator = new StepperEmulator(scene.Clock) { SerialNumber = "S2" };
        await scene.Port.PlugInAsync();
        await scene.Pass(30);
        var failure = await FocuserScene.FailureOf(() => scene.Focuser.PositionAsync());
        Assert.Contains("Stepper focuser S2, where Stepper focuser S1 was before", failure.Message, StringComparison.Ordinal);
        scene.Port.Emulator = right;
        await scene.Pass(12);
        Assert.Equal(10_000, await scene.Focuser.PositionAsync());
    });

    [Fact]
    public void A_silent_device_is_stale_and_then_lost_and_never_an_old_number() => FocuserScene.Run(async scene =>
    {
        scene.Emulator.Faults.Silence(TimeSpan.FromSeconds(60));
        await scene.Pass(5.5);
        Assert.Equal(DriverError.LinkTimeout, (await FocuserScene.FailureOf(() => scene.Focuser.PositionAsync())).Number);
        await scene.Pass(10);
        Assert.Equal(AlpacaError.NotConnected, (await FocuserScene.FailureOf(() => scene.Focuser.PositionAsync())).Error);
        await scene.Pass(60);
        Assert.Equal(10_000, await scene.Focuser.PositionAsync());
    });

    [Fact]
    public void Connecting_again_while_the_device_is_lost_tries_at_once() => FocuserScene.Run(async scene =>
    {
        await scene.Port.UnplugAsync();
        await scene.Pass(25);
        Assert.Contains("no such port", (await FocuserScene.FailureOf(() => scene.Focuser.SetConnectedAsync(true))).Message, StringComparison.Ordinal);
        await scene.Port.PlugInAsync();
        var before = scene.Clock.GetUtcNow();
        await scene.Focuser.SetConnectedAsync(true);
        Assert.InRange((scene.Clock.GetUtcNow() - before).TotalSeconds, 0, 0.5);
        Assert.Equal(10_000, await scene.Focuser.PositionAsync());
    });

    [Fact]
    public void A_full_queue_refuses_and_counts() => FocuserScene.Run(async scene =>
    {
        scene.Emulator.Faults.Silence(TimeSpan.FromSeconds(0.9));
        var moves = Enumerable.Range(0, 40).Select(i => scene.Focuser.MoveAsync(10_000 + i).AsTask()).ToArray();
        await Task.WhenAll(moves.Select(m => m.ContinueWith(_ => { }, TaskScheduler.FromCurrentSynchronizationContext())));
        Assert.Equal(8, scene.Focuser.Vitals.QueueRefusals);
        Assert.Contains("is busy", (await Assert.ThrowsAsync<AlpacaException>(() => moves[^1])).Message, StringComparison.Ordinal);
    });

    [Fact]
    public void A_read_that_never_returns_is_left_behind() => Links.Scene.Run(async clock =>
    {
        var links = new LinkFactory();
        await using var port = new Emulators.Kit.MemoryPort(new StepperEmulator(clock), clock, "good");
        var stuck = false;
        links.Offer("port", () => new StuckLink(port.Open(), () => stuck));
        var focuser = new StepperFocuser(new StepperOptions { Port = "port" }, FocuserScene.Context(links, clock));
        await focuser.SetConnectedAsync(true);
        stuck = true;
        await Task.Delay(TimeSpan.FromSeconds(20), clock);
        Assert.Equal(1, focuser.Counters.Losses);
        stuck = false;
        await Task.Delay(TimeSpan.FromSeconds(30), clock);
        Assert.Equal(10_000, await focuser.PositionAsync());
        await focuser.SetConnectedAsync(false);
    });

    [Fact]
    public void What_changes_slowly_is_read_slowly() => FocuserScene.Run(async scene =>
    {
        scene.Emulator.Heard.Clear();
        await scene.Pass(100);
        Assert.InRange(scene.Emulator.Heard.Count(c => c == "P"), 95, 101);
        Assert.InRange(scene.Emulator.Heard.Count(c => c == "T"), 3, 4);
        Assert.Equal(-3.5, await scene.Focuser.TemperatureAsync());
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void On_a_bad_line_every_number_is_a_true_one_and_the_focuser_stays_usable(int seed) => FocuserScene.Run(async scene =>
    {
        scene.Emulator.Faults.AtRandom(seed, loss: 0.005, change: 0.005);
        var chance = new Random(seed);
        var (good, bad) = (0, 0);
        for (var i = 0; i < 40; i++)
        {
            try
            {
                await scene.Focuser.MoveAsync(chance.Next(0, 55_000));
                good++;
            }
            catch (AlpacaException)
            {
                bad++;
            }

            for (var j = 0; j < 20; j++)
            {
                await scene.Pass(chance.NextDouble() * 2);
                try
                {
                    // A changed digit cannot be told from a right one; a sign, a length or a letter can.
                    Assert.InRange(await scene.Focuser.PositionAsync(), 0, 99_999);
                }
                catch (AlpacaException)
                {
                    bad++;
                }
            }
        }

        scene.Emulator.Faults.Clear();
        await scene.Pass(30);
        await scene.Focuser.MoveAsync(20_000);
        await scene.UntilStillAsync();
        Assert.Equal(20_000, await scene.Focuser.PositionAsync());
        Assert.True(good > 20, $"seed {seed}: {good} good, {bad} bad");
    });

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    private sealed class StuckLink(ILink inner, Func<bool> isStuck) : ILink
    {
        public string Name => inner.Name;

        public TimeProvider Time => inner.Time;

        public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, TimeSpan deadline, CancellationToken cancel = default) => inner.WriteAsync(bytes, deadline, cancel);

        public ValueTask<int> ReadAsync(Memory<byte> into, TimeSpan deadline, CancellationToken cancel = default) =>
            isStuck() ? new(new TaskCompletionSource<int>().Task) : inner.ReadAsync(into, deadline, cancel);

        public void DiscardInput() => inner.DiscardInput();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
