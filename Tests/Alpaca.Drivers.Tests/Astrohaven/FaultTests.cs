using Alpaca.Contract;
using Alpaca.Devices.Links;
using Emulators.Astrohaven;

namespace Alpaca.Drivers.Tests.Astrohaven;

/// <summary>The rows of the catalogue of faults that concern links and domes, on virtual time, over many seeds.</summary>
public sealed class FaultTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 50)];

    [Fact]
    public void A_silent_controller_is_an_error_after_three_seconds_and_comes_back_by_itself() => DomeScene.Run(async scene =>
    {
        scene.Emulator.Faults.Silence(TimeSpan.FromSeconds(8));
        await scene.Pass(4.5);
        Assert.Equal(DriverError.LinkTimeout, (await DomeScene.FailureOf(() => scene.Dome.ShutterStatusAsync())).Number);
        Assert.False(await scene.Dome.ConnectedAsync());
        await scene.Pass(12);
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
        Assert.Equal((1, 1), (scene.Dome.Counters.Losses, scene.Dome.Counters.Recoveries));
    });

    [Fact]
    public void A_slow_controller_is_none_that_is_lost() => DomeScene.Run(
        async scene =>
        {
            await scene.OpenAsync();
            await scene.Pass(30);
            Assert.Equal(ShutterState.Open, await scene.Dome.ShutterStatusAsync());
            Assert.Equal(0, scene.Dome.Counters.Losses);
        },
        prepare: s => s.Emulator.StatusPeriod = TimeSpan.FromSeconds(2));

    [Fact]
    public void Pulling_the_cable_while_opening_fails_within_three_seconds_and_nothing_moves_on_return() => DomeScene.Run(async scene =>
    {
        await scene.Dome.OpenShutterAsync();
        await scene.Pass(1.5);
        await scene.Port.UnplugAsync();
        await scene.Pass(0.6);
        Assert.Equal(AlpacaError.NotConnected, (await DomeScene.FailureOf(() => scene.Dome.SlewingAsync())).Error);
        var where = (scene.Emulator.A, scene.Emulator.B);
        await scene.Pass(10);
        await scene.Port.PlugInAsync();
        await scene.Pass(15);
        Assert.Equal(where, (scene.Emulator.A, scene.Emulator.B));
        Assert.Equal(DriverError.Removed, (await DomeScene.FailureOf(() => scene.Dome.SlewingAsync())).Number);
        Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void A_close_that_the_cable_broke_off_goes_on_when_it_is_back() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        await scene.Dome.CloseShutterAsync();
        await scene.Pass(1.5);
        await scene.Port.UnplugAsync();
        await scene.Pass(20);
        Assert.False(scene.IsClosed);
        await scene.Port.PlugInAsync();
        await scene.UntilAsync(() => scene.IsClosed, 40);
    });

    [Fact]
    public void A_close_asked_for_while_the_cable_is_out_is_done_when_it_is_back() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        await scene.Port.UnplugAsync();
        await scene.Pass(5);
        Assert.Equal(AlpacaError.NotConnected, (await DomeScene.FailureOf(() => scene.Dome.CloseShutterAsync())).Error);
        await scene.Port.PlugInAsync();
        await scene.UntilAsync(() => scene.IsClosed, 40);
    });

    [Fact]
    public void A_controller_that_hears_but_is_not_heard_is_closed_all_the_same() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        await scene.Dome.CloseShutterAsync();
        scene.Emulator.Faults.Silence(Timeout.InfiniteTimeSpan);
        await scene.UntilAsync(() => scene.IsClosed, 45);
        await scene.Pass(60);
        Assert.Equal(DriverError.LinkTimeout, (await DomeScene.FailureOf(() => scene.Dome.ShutterStatusAsync())).Number);
    });

    [Fact]
    public void Opening_stops_when_the_controller_falls_silent() => DomeScene.Run(async scene =>
    {
        await scene.Dome.OpenShutterAsync();
        await scene.Pass(0.5);
        scene.Emulator.Faults.Silence(Timeout.InfiniteTimeSpan);
        await scene.Pass(8);
        Assert.InRange(scene.Emulator.B, 0, 0);
        var before = scene.Emulator.HeardBytes.Count;
        await scene.Pass(30);
        Assert.Equal(before, scene.Emulator.HeardBytes.Count);
    });

    [Fact]
    public void Another_instrument_on_the_port_is_refused_and_gets_no_byte() => DomeScene.Run(async scene =>
    {
        await scene.Dome.SetConnectedAsync(false);
        scene.Emulator.StatusPeriod = TimeSpan.FromHours(1);
        scene.Emulator.Faults.PrefixNext("#"u8.ToArray());
        scene.Links.Offer("dome-port", () =>
        {
            var (near, far) = MemoryLink.CreatePair(scene.Clock, "dome-port");
            _ = far.WriteAsync("GPS"u8.ToArray(), TimeSpan.FromSeconds(1)).AsTask();
            return near;
        });
        var failure = await DomeScene.FailureOf(() => scene.Dome.SetConnectedAsync(true));
        Assert.Contains("no Astrohaven dome", failure.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Emulator.HeardBytes);
    });

    [Fact]
    public void A_dead_port_is_refused_with_what_to_do() => DomeScene.Run(async scene =>
    {
        await scene.Dome.SetConnectedAsync(false);
        scene.Emulator.Faults.Silence(Timeout.InfiniteTimeSpan);
        var failure = await DomeScene.FailureOf(() => scene.Dome.SetConnectedAsync(true));
        Assert.Contains("check its power and cable", failure.Message, StringComparison.Ordinal);
        scene.Emulator.Faults.Clear();
    });

    [Fact]
    public void Missing_echoes_and_garbage_do_not_matter() => DomeScene.Run(
        async scene =>
        {
            await scene.OpenAsync();
            await scene.Dome.CloseShutterAsync();
            await scene.UntilStillAsync();
            Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
            Assert.True(scene.IsClosed);
        },
        prepare: s => (s.Emulator.Echoes, s.Emulator.GarbageEvery) = (false, 3));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void On_a_bad_line_it_never_says_closed_when_it_is_not_and_closes_in_the_end(int seed) => DomeScene.Run(
        async scene =>
        {
            var chance = new Random(seed);
            scene.Emulator.Faults.AtRandom(seed, loss: 0.05, change: 0.0);
            for (var step = 0; step < 40; step++)
            {
                try
                {
                    switch (chance.Next(10))
                    {
                        case < 4:
                            await scene.Dome.OpenShutterAsync();
                            break;
                        case < 7:
                            await scene.Dome.CloseShutterAsync();
                            break;
                        case 7:
                            await scene.Dome.AbortSlewAsync();
                            break;
                        case 8:
                            await scene.Port.UnplugAsync();
                            await scene.Pass(chance.Next(1, 20));
                            await scene.Port.PlugInAsync();
                            break;
                        default:
                            scene.Emulator.Stick(chance.Next(2) == 0 ? 'A' : 'B', chance.Next(2) == 0 ? null : chance.Next(11));
                            break;
                    }
                }
                catch (AlpacaException)
                {
                    // Refused or lost: the client tries something else.
                }

                for (var i = 0; i < 20; i++)
                {
                    await scene.Pass(chance.NextDouble());
                    await NeverFalselyClosedAsync(scene, seed);
                }
            }

            // Repaired, and nobody asks any more: the lease closes it.
            scene.Emulator.Faults.Clear();
            scene.Emulator.Stick('A', null);
            scene.Emulator.Stick('B', null);
            await scene.UntilAsync(() => scene.IsClosed, 300);
        });

    private static async Task NeverFalselyClosedAsync(DomeScene scene, int seed)
    {
        ShutterState? status = null;
        try
        {
            status = await scene.Dome.ShutterStatusAsync();
        }
        catch (AlpacaException)
        {
            // An error is an honest answer.
        }

        if (status == ShutterState.Closed)
            Assert.True(scene.IsClosed, $"seed {seed}, {scene.Clock.GetUtcNow():O}: closed reported, leaves at {scene.Emulator.A} and {scene.Emulator.B}");
        if (status == ShutterState.Open)
            Assert.True(scene.Emulator is { A: > 0, B: > 0 }, $"seed {seed}, {scene.Clock.GetUtcNow():O}: open reported, leaves at {scene.Emulator.A} and {scene.Emulator.B}");
    }
}
