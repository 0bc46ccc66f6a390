using System.Net;
using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests.Metrics;

public sealed class MetricsTests
{
    private static readonly (string, string)[] s_focuser = [("device_type", "focuser"), ("device_number", "0")];

    [Fact]
    public async Task Requests_are_counted_by_device_member_verb_and_status()
    {
        await using var server = await RunningHost.StartAsync(new TestFocuser(), new TestTelescope());
        for (var i = 0; i < 3; i++)
            await server.GetAsync("/api/v1/focuser/0/position");
        await server.PutAsync("/api/v1/focuser/0/move", "Position=1");
        await server.PutAsync("/api/v1/focuser/0/move", "Position=far");
        await server.GetAsync("/api/v1/focuser/0/nothing");
        await server.GetAsync("/api/v1/telescope/0/name");
        var metrics = await ReadAsync(server);
        Assert.Equal(3, metrics["alpaca_requests_total", [.. s_focuser, ("member", "position"), ("method", "GET"), ("status", "200")]]);
        Assert.Equal(1, metrics["alpaca_requests_total", [.. s_focuser, ("member", "move"), ("method", "PUT"), ("status", "200")]]);
        Assert.Equal(1, metrics["alpaca_requests_total", [.. s_focuser, ("member", "move"), ("method", "PUT"), ("status", "400")]]);
        Assert.Equal(1, metrics["alpaca_requests_total", ("device_type", "telescope"), ("device_number", "0"), ("member", "name"), ("method", "GET"), ("status", "200")]);
        Assert.Equal(6, metrics.Sum("alpaca_requests_total"));
        Assert.Equal(1, metrics["alpaca_page_requests_total", ("page", "none"), ("status", "404")]);
        Assert.Equal(1, metrics["alpaca_refused_total", ("reason", "not_found")]);
        Assert.Equal(1, metrics["alpaca_refused_total", ("reason", "malformed")]);
        Assert.Equal(3, metrics["alpaca_request_duration_seconds_count", [.. s_focuser, ("kind", "read")]]);
        Assert.Equal(2, metrics["alpaca_request_duration_seconds_count", [.. s_focuser, ("kind", "write")]]);
    }

    [Fact]
    public async Task Errors_of_devices_are_counted_by_member_and_by_number()
    {
        await using var server = await RunningHost.StartAsync(new TestTelescope());
        Assert.Equal(0x400, (await server.GetAsync("/api/v1/telescope/0/aperturearea")).Error);
        Assert.Equal(0x400, (await server.GetAsync("/api/v1/telescope/0/aperturearea")).Error);
        var metrics = await ReadAsync(server);
        (string, string)[] telescope = [("device_type", "telescope"), ("device_number", "0")];
        Assert.Equal(2, metrics["alpaca_request_errors_total", [.. telescope, ("member", "aperturearea"), ("method", "GET")]]);
        Assert.Equal(2, metrics["alpaca_device_errors_total", [.. telescope, ("error", "0x400")]]);
        Assert.Equal(2, metrics["alpaca_requests_total", [.. telescope, ("member", "aperturearea"), ("method", "GET"), ("status", "200")]]);
    }

    [Fact]
    public async Task Image_bytes_are_those_on_the_wire()
    {
        await using var server = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<ushort>(new ushort[1200], 40, 30) });
        var image = await server.GetAsync("/api/v1/camera/0/imagearray", "application/imagebytes");
        (string, string)[] camera = [("device_type", "camera"), ("device_number", "0")];
        var metrics = await ReadAsync(server);
        Assert.Equal(1, metrics["alpaca_images_total", camera]);
        Assert.Equal(image.Body.Length, metrics["alpaca_image_bytes_total", camera]);
        Assert.Equal(1, metrics["alpaca_request_duration_seconds_count", [.. camera, ("kind", "image")]]);
        var json = await server.GetAsync("/api/v1/camera/0/imagearray", "application/json");
        Assert.Equal(image.Body.Length + json.Body.Length, (await ReadAsync(server))["alpaca_image_bytes_total", camera]);
    }

    [Fact]
    public async Task The_link_of_a_device_is_the_one_its_contract_shows()
    {
        var device = new LinkedFocuser();
        await using var server = await RunningHost.StartAsync(device);
        foreach (var (state, set) in ((string, Action)[])
        [
            ("disconnected", () => { }),
            ("connecting", () => device.IsConnecting = true),
            ("connected", () => (device.IsConnecting, device.IsConnected) = (false, true)),
            ("faulted", () => device.Fault = "the cable is out"),
            ("connected", () => device.Fault = null),
        ])
        {
            set();
            var metrics = await ReadAsync(server);
            foreach (var known in (string[])["disconnected", "connecting", "connected", "faulted", "silent"])
                Assert.Equal(known == state ? 1 : 0, metrics["alpaca_device_link", [.. s_focuser, ("state", known)]]);
        }
    }

    [Fact]
    public async Task A_device_tells_its_queue_and_its_link()
    {
        await using var server = await RunningHost.StartAsync(new LinkedFocuser { Vitals = new() { QueueDepth = 3, QueueCapacity = 32, QueueRefusals = 7, LinkLosses = 2, LinkRecoveries = 1, LinkErrors = 11 } });
        var metrics = await ReadAsync(server);
        Assert.Equal(3, metrics["alpaca_queue_depth", s_focuser]);
        Assert.Equal(32, metrics["alpaca_queue_capacity", s_focuser]);
        Assert.Equal(7, metrics["alpaca_queue_refusals_total", s_focuser]);
        Assert.Equal(2, metrics["alpaca_link_losses_total", s_focuser]);
        Assert.Equal(1, metrics["alpaca_link_recoveries_total", s_focuser]);
        Assert.Equal(11, metrics["alpaca_link_errors_total", s_focuser]);
    }

    [Fact]
    public async Task The_page_can_be_read_by_the_strictest_reader_whatever_devices_are_called()
    {
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { DiscoveryPort = FreePort(), Version = "1.2.3" });
        server.Devices.Add(new TestFocuser(), "quotes \" and \\ and\nlines", "id \"1\"");
        using var response = await server.Client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var metrics = PrometheusParser.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(1, metrics["alpaca_device_info", [.. s_focuser, ("name", "quotes \" and \\ and\nlines"), ("unique_id", "id \"1\"")]]);
        Assert.Equal(1, metrics["alpaca_build_info", ("version", "1.2.3")]);
        Assert.Equal(0, metrics["alpaca_discovery_datagrams_total", ("result", "answered")]);
        Assert.Equal(1, metrics["alpaca_connections"]);
        Assert.Equal(1, metrics["alpaca_connections_total"]);
        Assert.InRange(metrics["process_resident_memory_bytes"], 1e6, 1e11);
        Assert.True(metrics["process_cpu_seconds_total"] > 0);
        Assert.True(metrics["dotnet_gc_heap_bytes"] > 0);
        Assert.True(metrics.Has("dotnet_gc_collections_total", ("generation", "2")));
    }

    [Fact]
    public async Task Metrics_can_be_switched_off()
    {
        await using var server = await RunningHost.StartAsync(new AlpacaHostOptions { HasMetrics = false }, new TestFocuser());
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health/live")).Status);
    }

    [Fact]
    public void Counting_a_request_allocates_nothing()
    {
        var meter = new DeviceMeter(10);
        meter.Record(3, isPut: true, 200, 0);
        meter.Record(3, isPut: true, 200, 0x407);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            meter.Record(3, isPut: true, i % 2 == 0 ? 200 : 400, i % 3 == 0 ? 0x407 : 0);
            meter.Writes.Record(i * 1000);
            meter.RecordImage(i);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.UdpClient(0, System.Net.Sockets.AddressFamily.InterNetwork);
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    private static async Task<PrometheusParser> ReadAsync(RunningHost server)
    {
        var answer = await server.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return PrometheusParser.Parse(answer.Text);
    }
}
