using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Alpaca.Simulators.Following;
using Alpaca.Simulators.Mount;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alpaca.Simulators.Tests;

/// <summary>The sky that follows emulated hardware.</summary>
public sealed class FollowedMountTests
{
    private const string Perfect = """{"mount": "CEM40", "alignment": "german"}""";
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_tube_looks_where_the_plan_says_at_any_time_of_it()
    {
        var mount = new FollowedMount(latitude: 0);
        Take(mount, Perfect);
        Take(mount, Plan((0, 0, 90, 0, 0), (100, 0, 90, 15.0 / 3600, 0), (100 + 3600, 15, 90, 0, 0)));

        // On the equator, axes 0 and 90 look at the western horizon; an hour of turning takes the tube 15 degrees on.
        Assert.Equal((0, 270), Looks(mount, 50));
        Assert.Equal((-7.5, 270), Looks(mount, 100 + 1800));
        Assert.Equal((-15, 270), Looks(mount, 9999));
        Assert.Equal((0, 270), Looks(mount, -50));
    }

    [Fact]
    public void A_new_plan_replaces_what_had_not_happened_yet_and_nothing_else()
    {
        var mount = new FollowedMount(latitude: 0);
        Take(mount, Perfect);
        Take(mount, Plan((0, 0, 90, 0, 0), (100, 0, 90, 1, 0), (110, 10, 90, 0, 0)));
        Take(mount, Plan((105, 5, 90, 0, 0)));
        Assert.Equal((-3, 270), Looks(mount, 103));
        Assert.Equal((-5, 270), Looks(mount, 200));
    }

    [Fact]
    public void Errors_of_the_mount_move_the_tube_and_not_the_axes()
    {
        var mount = new FollowedMount(latitude: 0);
        Take(mount, """{"mount": "CEM40", "errors": {"axis_azimuth": 60}}""");
        Take(mount, Plan((0, 0, 90, 0, 0)));
        var (altitude, azimuth) = Looks(mount, 1);
        Assert.Equal((0, 271), (altitude, azimuth));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"plan": [{"since": "yesterday", "primary": 0, "secondary": 0, "primary_rate": 0, "secondary_rate": 0}]}""")]
    [InlineData("""{"plan": [{"since": "2026-11-21T08:00:00Z", "primary": 0, "secondary": 0, "primary_rate": 0}]}""")]
    [InlineData("""{"mount": "x", "alignment": "hanging"}""")]
    public void What_is_no_message_is_refused(string message) => Assert.Throws<FormatException>(() => Take(new FollowedMount(0), message));

    [Fact]
    public async Task A_feed_takes_what_is_said_and_connects_again_when_the_emulator_returns()
    {
        var mount = new FollowedMount(latitude: 0);
        using var door = new TcpListener(IPAddress.Loopback, 0);
        door.Start();
        await using var feed = TruthFeed.Start((IPEndPoint)door.LocalEndpoint, mount, NullLogger.Instance);
        using (var first = await door.AcceptSocketAsync())
        {
            await first.SendAsync(Encoding.UTF8.GetBytes(Perfect + "\nnonsense\n" + Plan((0, 0, 90, 0, 0)) + "\n"));
            await feed.Heard.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        }

        using var second = await door.AcceptSocketAsync();
        await second.SendAsync(Encoding.UTF8.GetBytes(Plan((0, 30, 90, 0, 0)) + "\n"));
        while (Looks(mount, 1) != (-30, 270))
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Assert.True(mount.IsKnown);
    }

    private static (double Altitude, double Azimuth) Looks(FollowedMount mount, double seconds)
    {
        var (altitude, azimuth) = ((ITube)mount).Orient(s_start.AddSeconds(seconds)).Axis.ToHorizon();
        return (Math.Round(altitude, 6) + 0.0, Math.Round(azimuth, 6));
    }

    private static void Take(FollowedMount mount, string message)
    {
        using var json = JsonDocument.Parse(message);
        mount.Take(json.RootElement);
    }

    private static string Plan(params (double Since, double Primary, double Secondary, double PrimaryRate, double SecondaryRate)[] legs) =>
        "{\"plan\": [" + string.Join(", ", legs.Select(l => FormattableString.Invariant(
            $"{{\"since\": \"{s_start.AddSeconds(l.Since).UtcDateTime:O}\", \"primary\": {l.Primary}, \"secondary\": {l.Secondary}, \"primary_rate\": {l.PrimaryRate}, \"secondary_rate\": {l.SecondaryRate}}}"))) + "]}";
}
