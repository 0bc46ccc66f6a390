using Alpaca.Contract;
using Alpaca.Devices.Links;
using Alpaca.Drivers.Astrohaven;

namespace Alpaca.Drivers.Tests.Astrohaven;

/// <summary>Opening, closing and everything between, on virtual time.</summary>
public sealed class MotionTests
{
    [Fact]
    public void Opening_shows_at_once_and_ends_with_both_limits_seen() => DomeScene.Run(async scene =>
    {
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
        await scene.Dome.OpenShutterAsync();
        Assert.True(await scene.Dome.SlewingAsync());
        Assert.Equal(ShutterState.Opening, await scene.Dome.ShutterStatusAsync());
        await scene.UntilStillAsync(12);
        Assert.Equal(ShutterState.Open, await scene.Dome.ShutterStatusAsync());
        Assert.True(scene.IsOpen);
        Assert.Contains("\"A\":\"open\",\"B\":\"open\",\"raw\":\"3\"", await scene.Dome.ActionAsync("astrohaven:leafstatus", ""), StringComparison.Ordinal);
    });

    [Fact]
    public void Closing_ends_with_the_controllers_word_that_both_are_closed() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        await scene.Dome.CloseShutterAsync();
        Assert.Equal(ShutterState.Closing, await scene.Dome.ShutterStatusAsync());
        await scene.UntilStillAsync(20);
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
        Assert.True(scene.IsClosed);
    });

    [Fact]
    public void Leaf_a_opens_and_closes_first_unless_told_otherwise()
    {
        DomeScene.Run(async scene =>
        {
            await scene.OpenAsync();
            Assert.True(scene.Emulator.HeardBytes.LastIndexOf('a') < scene.Emulator.HeardBytes.IndexOf('b'));
            await scene.Dome.CloseShutterAsync();
            await scene.UntilStillAsync();
            Assert.True(scene.Emulator.HeardBytes.LastIndexOf('A') < scene.Emulator.HeardBytes.IndexOf('B'));
        });
        DomeScene.Run(
            async scene =>
            {
                await scene.OpenAsync();
                await scene.Dome.CloseShutterAsync();
                await scene.UntilStillAsync();
                Assert.True(scene.Emulator.HeardBytes.LastIndexOf('B') < scene.Emulator.HeardBytes.IndexOf('A'));
            },
            o => o with { CloseOrder = LeafOrder.BThenA });
    }

    [Fact]
    public void A_leaf_that_sticks_while_closing_keeps_the_other_from_nothing() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        scene.Emulator.Stick('A', 4);
        await scene.Dome.CloseShutterAsync();
        var failure = await Assert.ThrowsAsync<AlpacaException>(() => scene.UntilStillAsync());
        Assert.Equal(DriverError.MoveTimeout, failure.Number);
        Assert.Contains("leaf A did not confirm its closed end", failure.Message, StringComparison.Ordinal);
        Assert.Equal((4, 0), (scene.Emulator.A, scene.Emulator.B));
        Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync());
        scene.Emulator.Stick('A', null);
        await scene.Dome.CloseShutterAsync();
        await scene.UntilStillAsync();
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void A_failed_leaf_gets_a_second_pass_while_closing() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        scene.Emulator.Stick('A', 4);
        await scene.Dome.CloseShutterAsync();
        await scene.Pass(12);
        scene.Emulator.Stick('A', null);
        await scene.UntilStillAsync();
        Assert.True(scene.IsClosed);
    });

    [Fact]
    public void A_leaf_that_sticks_while_opening_leaves_the_other_closed() => DomeScene.Run(async scene =>
    {
        scene.Emulator.Stick('A', 6);
        await scene.Dome.OpenShutterAsync();
        var failure = await Assert.ThrowsAsync<AlpacaException>(() => scene.UntilStillAsync(15));
        Assert.Contains("leaf A did not reach its open end within 10 s", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('b', scene.Emulator.HeardBytes);
        await scene.Pass(2);
        Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void Closing_overtakes_opening_and_opening_waits_for_closing() => DomeScene.Run(async scene =>
    {
        await scene.Dome.OpenShutterAsync();
        await scene.Pass(3);
        Assert.False(scene.IsClosed);
        await scene.Dome.CloseShutterAsync();
        Assert.Equal(ShutterState.Closing, await scene.Dome.ShutterStatusAsync());
        var refusal = await DomeScene.FailureOf(() => scene.Dome.OpenShutterAsync());
        Assert.Equal(AlpacaError.InvalidOperation, refusal.Error);
        Assert.Contains("closing goes before opening", refusal.Message, StringComparison.Ordinal);
        await scene.UntilStillAsync();
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void A_close_that_comes_right_after_an_open_leaves_nothing_to_open_afterwards() => DomeScene.Run(async scene =>
    {
        await scene.Dome.OpenShutterAsync();
        await scene.Dome.CloseShutterAsync();
        await scene.Pass(40);
        Assert.True(scene.IsClosed);
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void An_abort_stops_the_leaves_where_they_are() => DomeScene.Run(async scene =>
    {
        await scene.Dome.OpenShutterAsync();
        await scene.Pass(1.5);
        var before = scene.Clock.GetUtcNow();
        await scene.Dome.AbortSlewAsync();
        Assert.False(await scene.Dome.SlewingAsync());
        Assert.InRange((scene.Clock.GetUtcNow() - before).TotalSeconds, 0, 0.5);
        var (a, b) = (scene.Emulator.A, scene.Emulator.B);
        await scene.Pass(5);
        Assert.Equal((a, b), (scene.Emulator.A, scene.Emulator.B));
        Assert.InRange(a, 1, 9);
        Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void Idle_status_never_proves_open()
    {
        DomeScene.Run(
            async scene =>
            {
                Assert.Equal(ShutterState.Open, await scene.Dome.ShutterStatusAsync());
                Assert.Contains("open-unverified", await scene.Dome.ActionAsync("Astrohaven:LeafStatus", ""), StringComparison.Ordinal);
            },
            o => o with { Lease = default },
            s => (s.Emulator.A, s.Emulator.B) = (5, 5));
        DomeScene.Run(
            async scene => Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync()),
            o => o with { StrictOpen = true, Lease = default },
            s => (s.Emulator.A, s.Emulator.B) = (10, 10));
    }

    [Theory]
    [InlineData(0, 5, "1", "closed", "open-unverified", false)]
    [InlineData(5, 0, "2", "open-unverified", "closed", false)]
    [InlineData(0, 5, "2", "closed", "open-unverified", true)]
    public void One_open_leaf_is_an_error_and_never_closed(int a, int b, string raw, string sayA, string sayB, bool swap) => DomeScene.Run(
        async scene =>
        {
            Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync());
            Assert.Contains($"\"A\":\"{sayA}\",\"B\":\"{sayB}\",\"raw\":\"{raw}\"", await scene.Dome.ActionAsync("Astrohaven:LeafStatus", ""), StringComparison.Ordinal);
        },
        o => o with { SwapSingleLeafCodes = swap, Lease = default },
        s =>
        {
            s.Emulator.SwapsSingleLeafCodes = swap;
            (s.Emulator.A, s.Emulator.B) = (a, b);
        });

    [Fact]
    public void Closed_by_hand_after_an_open_limit_is_a_contradiction_until_it_is_closed_from_here() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        (scene.Emulator.A, scene.Emulator.B) = (0, 0);
        await scene.Pass(2);
        Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync());
        await scene.Dome.CloseShutterAsync();
        await scene.UntilStillAsync();
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void One_leaf_can_be_opened_and_closed_alone() => DomeScene.Run(async scene =>
    {
        await scene.Dome.ActionAsync("Astrohaven:OpenLeaf", "B");
        Assert.True(await scene.Dome.SlewingAsync());
        await scene.UntilStillAsync();
        Assert.Equal((0, 10), (scene.Emulator.A, scene.Emulator.B));
        Assert.Equal(ShutterState.Error, await scene.Dome.ShutterStatusAsync());
        await scene.Dome.ActionAsync("Astrohaven:CloseLeaf", "B");
        await scene.UntilStillAsync();
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void Nudges_open_a_little() => DomeScene.Run(async scene =>
    {
        await scene.Dome.ActionAsync("Astrohaven:Nudge", "a 3");
        await scene.UntilStillAsync();
        Assert.Equal((3, 0), (scene.Emulator.A, scene.Emulator.B));
        await scene.Dome.ActionAsync("Astrohaven:Nudge", "A 2");
        await scene.UntilStillAsync();
        Assert.Equal((1, 0), (scene.Emulator.A, scene.Emulator.B));
        foreach (var wrong in new[] { "", "c", "a 0", "a 51", "a x", "a 1 1" })
            Assert.Equal(AlpacaError.InvalidValue, (await DomeScene.FailureOf(() => scene.Dome.ActionAsync("Astrohaven:Nudge", wrong))).Error);
    });

    [Fact]
    public void The_bumper_guard_is_reset_only_on_large_domes()
    {
        DomeScene.Run(async scene => Assert.Equal(AlpacaError.ActionNotImplemented, (await DomeScene.FailureOf(() => scene.Dome.ActionAsync("Astrohaven:ResetBumper", ""))).Error));
        DomeScene.Run(
            async scene =>
            {
                Assert.Contains("Astrohaven:ResetBumper", await scene.Dome.SupportedActionsAsync());
                await scene.Dome.ActionAsync("Astrohaven:ResetBumper", "");
                await scene.Pass(0.1);
                Assert.Equal(['R'], scene.Emulator.HeardBytes);
            },
            o => o with { LargeDome = true });
    }

    [Fact]
    public void Nothing_is_sent_to_find_out_who_answers() => DomeScene.Run(async scene =>
    {
        await scene.Pass(120);
        Assert.Empty(scene.Emulator.HeardBytes);
    });

    [Fact]
    public void Extra_nudges_press_the_seal() => DomeScene.Run(
        async scene =>
        {
            await scene.OpenAsync();
            await scene.Dome.CloseShutterAsync();
            await scene.UntilStillAsync();
            Assert.True(scene.IsClosed);
            Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
        },
        o => o with { ExtraCloseNudges = 5 });

    [Fact]
    public void The_rest_of_a_dome_that_this_one_has_not_is_not_implemented() => DomeScene.Run(async scene =>
    {
        IDome dome = scene.Dome;
        Assert.False(await dome.CanSetAzimuthAsync());
        Assert.True(await dome.CanSetShutterAsync());
        Assert.Equal(AlpacaError.NotImplemented, (await DomeScene.FailureOf(() => dome.AzimuthAsync())).Error);
        Assert.Equal(AlpacaError.NotImplemented, (await DomeScene.FailureOf(() => dome.ParkAsync())).Error);
    });
}
