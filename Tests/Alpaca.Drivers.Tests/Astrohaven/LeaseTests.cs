using Alpaca.Contract;

namespace Alpaca.Drivers.Tests.Astrohaven;

/// <summary>The third line of defence: a dome whose client is gone closes itself.</summary>
public sealed class LeaseTests
{
    [Fact]
    public void The_dome_closes_itself_within_a_minute_and_its_travel_after_the_last_word_of_its_client() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        var last = scene.Clock.GetUtcNow();
        await scene.Pass(50);
        Assert.True(scene.IsOpen);
        await scene.UntilAsync(() => scene.IsClosed, 40);
        Assert.InRange((scene.Clock.GetUtcNow() - last).TotalSeconds, 60, 85);
        await scene.Pass(10);
        Assert.Equal(ShutterState.Closed, await scene.Dome.ShutterStatusAsync());
        Assert.Contains(scene.Log.Lines, l => l.Contains("has not been heard of for", StringComparison.Ordinal));
    });

    [Fact]
    public void A_client_that_asks_keeps_it_open() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        for (var i = 0; i < 60; i++)
        {
            await scene.Pass(30);
            await scene.Dome.ShutterStatusAsync();
        }

        Assert.True(scene.IsOpen);
    });

    [Fact]
    public void Only_the_client_that_opened_it_renews() => DomeScene.Run(async scene =>
    {
        RequestingClient.Current = 7;
        await scene.OpenAsync();
        RequestingClient.Current = 9;
        for (var i = 0; i < 10 && !scene.IsClosed; i++)
        {
            await scene.Pass(20);
            scene.Dome.Heard(9);
            await scene.Dome.ShutterStatusAsync();
        }

        Assert.True(scene.IsClosed);
        RequestingClient.Current = 0;
    });

    [Fact]
    public void Any_request_of_that_client_renews_even_for_another_device() => DomeScene.Run(async scene =>
    {
        RequestingClient.Current = 7;
        await scene.OpenAsync();
        for (var i = 0; i < 10; i++)
        {
            await scene.Pass(40);
            scene.Dome.Heard(7);
        }

        Assert.True(scene.IsOpen);
        RequestingClient.Current = 0;
    });

    [Fact]
    public void Who_opts_out_keeps_an_open_dome() => DomeScene.Run(
        async scene =>
        {
            await scene.OpenAsync();
            await scene.Pass(3600);
            Assert.True(scene.IsOpen);
        },
        o => o with { Lease = TimeSpan.Zero });

    [Fact]
    public void Disconnecting_an_open_dome_does_not_escape_the_lease() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        await scene.Dome.SetConnectedAsync(false);
        await scene.UntilAsync(() => scene.IsClosed, 90);
        await scene.Pass(10);
        Assert.False(await scene.Dome.ConnectedAsync());
    });

    [Fact]
    public void A_lease_that_lapsed_while_the_link_was_down_closes_it_on_return() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        await scene.Port.UnplugAsync();
        await scene.Pass(300);
        Assert.True(scene.IsOpen);
        await scene.Port.PlugInAsync();
        await scene.UntilAsync(() => scene.IsClosed, 40);
    });

    [Fact]
    public void A_link_that_is_back_in_time_changes_nothing() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        await scene.Port.UnplugAsync();
        await scene.Pass(20);
        await scene.Port.PlugInAsync();
        for (var i = 0; i < 10; i++)
        {
            await scene.Pass(15);
            scene.Dome.Heard(0);
        }

        Assert.True(scene.IsOpen);
        Assert.Equal(ShutterState.Open, await scene.Dome.ShutterStatusAsync());
    });

    [Fact]
    public void A_lapsed_close_that_fails_is_tried_again_until_it_is_closed() => DomeScene.Run(async scene =>
    {
        await scene.OpenAsync();
        scene.Emulator.Stick('B', 5);
        await scene.Pass(400);
        Assert.Equal((0, 5), (scene.Emulator.A, scene.Emulator.B));
        scene.Emulator.Stick('B', null);
        await scene.UntilAsync(() => scene.IsClosed, 60);
    });

    [Fact]
    public void A_dome_found_open_is_answered_for_by_whoever_connects() => DomeScene.Run(
        async scene =>
        {
            await scene.Pass(50);
            Assert.True(scene.IsOpen);
            await scene.UntilAsync(() => scene.IsClosed, 50);
        },
        prepare: s => (s.Emulator.A, s.Emulator.B) = (10, 10));

    [Fact]
    public void An_orderly_end_closes_it_if_so_configured()
    {
        foreach (var closes in new[] { true, false })
        {
            DomeScene.Run(
                async scene =>
                {
                    await scene.OpenAsync();
                    await scene.Dome.DisposeAsync();
                    Assert.Equal(closes, scene.IsClosed);
                    Assert.False(await scene.Dome.ConnectedAsync());
                },
                o => o with { CloseOnShutdown = closes });
        }
    }

    [Fact]
    public void A_half_opened_dome_is_leased_too() => DomeScene.Run(async scene =>
    {
        await scene.Dome.ActionAsync("Astrohaven:Nudge", "b 4");
        await scene.UntilAsync(() => scene.Emulator.B == 4, 10);
        await scene.UntilAsync(() => scene.IsClosed, 90);
    });
}
