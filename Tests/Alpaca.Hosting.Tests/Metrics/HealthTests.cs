using System.Net;
using System.Text.Json;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests.Metrics;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_that_answers_is_alive()
    {
        await using var server = await RunningHost.StartAsync();
        Assert.Equal("alive", (await server.GetAsync("/health/live")).Json.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.PutAsync("/health/live")).Status);
    }

    [Fact]
    public async Task Ready_lists_the_devices_and_one_that_is_broken_only_degrades_the_server()
    {
        var device = new LinkedFocuser { IsConnected = true };
        await using var server = await RunningHost.StartAsync(device, new TestTelescope());
        var health = (await server.GetAsync("/health/ready")).Json;
        Assert.Equal("ready", health.GetProperty("status").GetString());
        Assert.Equal(["focuser", "telescope"], health.GetProperty("devices").EnumerateArray().Select(d => d.GetProperty("type").GetString()!));
        Assert.Equal("connected", Focuser(health).GetProperty("state").GetString());

        device.Fault = "the cable is out";
        health = (await server.GetAsync("/health/ready")).Json;
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal("faulted", Focuser(health).GetProperty("state").GetString());
        Assert.Equal("the cable is out", Focuser(health).GetProperty("fault").GetString());
    }

    [Fact]
    public async Task A_driver_that_hangs_keeps_nobody_waiting_and_is_told()
    {
        await using var server = await RunningHost.StartAsync(new SilentFocuser());
        Assert.Equal("ready", (await server.GetAsync("/health/ready")).Json.GetProperty("status").GetString());
        await Until.TrueAsync(async () => Focuser((await server.GetAsync("/health/ready")).Json).GetProperty("state").GetString() == "silent");
        Assert.Equal("degraded", (await server.GetAsync("/health/ready")).Json.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/metrics")).Status);
    }

    private static JsonElement Focuser(JsonElement health) => health.GetProperty("devices").EnumerateArray().First();
}
