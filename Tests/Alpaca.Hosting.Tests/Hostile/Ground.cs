using System.Net;
using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;
using Alpaca.Hosting.Tests.Metrics;
using Microsoft.Extensions.Logging;

namespace Alpaca.Hosting.Tests.Hostile;

/// <summary>
/// A server under attack. A well-behaved client polls one device the whole time and must always be answered; afterwards the connections are gone, the heap is as it was,
/// nothing went wrong inside the server, and nothing went wrong that nobody saw.
/// </summary>
internal sealed class Ground : IAsyncDisposable
{
    /// <summary>Where attackers come from; the well-behaved client comes from 127.0.0.1.</summary>
    public static readonly IPAddress Attacker = IPAddress.Parse("127.0.0.66");

    private const long Slack = 24 * 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly RunningHost _host;
    private readonly long _heap;
    private readonly CancellationTokenSource _over = new();
    private readonly List<Exception> _unobserved = [];
    private readonly Task<int> _polling;

    private Ground(RunningHost host, LogRecorder log, TestFocuser focuser, long heap)
    {
        (_host, Log, Focuser, _heap) = (host, log, focuser, heap);
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        _polling = PollAsync();
    }

    public Uri Address => _host.Address;

    public RunningHost Host => _host;

    public LogRecorder Log { get; }

    /// <summary>The device attackers go for; it must not move.</summary>
    public TestFocuser Focuser { get; }

    /// <summary>Pixels of the camera's image, 2 bytes each.</summary>
    public const int ImagePixels = 2000 * 2000;

    /// <param name="adjust">Sets the server, whose patience is shortened so that tests need not wait, otherwise.</param>
    public static async Task<Ground> StartAsync(Func<AlpacaHostOptions, AlpacaHostOptions>? adjust = null)
    {
        var log = new LogRecorder(LogLevel.Error);
        var focuser = new TestFocuser();
        var pixels = new ushort[ImagePixels];
        Array.Fill(pixels, (ushort)40000);
        var image = ImageArray.CopyOf<ushort>(pixels, 2000, 2000);
        var options = new AlpacaHostOptions
        {
            Loggers = log,
            RequestHeadersTimeout = TimeSpan.FromSeconds(1),
            KeepAliveTimeout = TimeSpan.FromSeconds(2),
            SlownessGrace = TimeSpan.FromSeconds(1.5),
        };
        var host = await RunningHost.StartAsync(
            adjust is null ? options : adjust(options),
            focuser,
            new TestTelescope(),
            new TestCamera { Image = image.Share });

        // What a server needs once and keeps: code, pools, connections.
        for (var i = 0; i < 5; i++)
        {
            await host.GetAsync("/api/v1/telescope/0/name");
            await host.GetAsync("/api/v1/camera/0/imagearray", "application/imagebytes");
            await host.PutAsync("/api/v1/focuser/0/move", "Position=25000");
        }

        return new Ground(host, log, focuser, Heap());
    }

    public Task<Wire> ConnectAsync(IPAddress? from = null, int? receiveBuffer = null) => Wire.ConnectAsync(Address, from ?? Attacker, receiveBuffer);

    /// <summary>What the server counts.</summary>
    public async Task<PrometheusParser> MetricsAsync() => PrometheusParser.Parse((await _host.GetAsync("/metrics")).Text);

    /// <summary>Waits until nobody but the well-behaved client is connected.</summary>
    public Task AloneAsync() => Until.TrueAsync(async () => (await MetricsAsync())["alpaca_client_addresses"] <= 1);

    /// <summary>What must hold after every attack.</summary>
    public async Task ShouldStandAsync()
    {
        await AloneAsync();
        await _over.CancelAsync();
        Assert.True(await _polling > 0, "The well-behaved client never got an answer.");
        Assert.Equal(25000, Focuser.Position);
        Assert.True(Focuser.Connected);
        Assert.Empty(Log.Entries);
        Assert.Equal(0, (await MetricsAsync())["alpaca_refused_total", ("reason", "server_failure")]);
        await Until.TrueAsync(() => Task.FromResult(Heap() <= _heap + Slack));
        lock (_unobserved)
            Assert.Empty(_unobserved);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _host.DisposeAsync();
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        _over.Dispose();
    }

    private static long Heap()
    {
        // Twice: what the first round finalizes, the second frees; and a task that nobody looked at tells when it is finalized.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e)
    {
        lock (_unobserved)
            _unobserved.Add(e.Exception);
    }

    private async Task<int> PollAsync()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = s_patience };
        var answers = 0;
        while (!_over.IsCancellationRequested)
        {
            Assert.Contains("TestTelescope", await client.GetStringAsync("/api/v1/telescope/0/name"), StringComparison.Ordinal);
            answers++;
        }

        return answers;
    }
}
