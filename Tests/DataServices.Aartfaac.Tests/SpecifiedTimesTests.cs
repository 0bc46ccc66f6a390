using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Alpaca.Astronomy.Clocks;

namespace DataServices.Aartfaac.Tests;

/// <summary>Time-outs, waits and back-off as they are by default, on a clock that is moved by hand; sockets are real.</summary>
public class SpecifiedTimesTests
{
    private static readonly DateTimeOffset _start = new(2026, 3, 14, 23, 59, 50, TimeSpan.Zero);

    [Fact]
    public async Task Six_silent_seconds_cost_nothing_and_thirty_a_reconnect()
    {
        var clock = new ManualClock(_start);
        await using var emulator = AartfaacEmulator.Start(StreamTests.Emulator(1) with { Clock = clock });
        await using var stream = AartfaacStream.Open(emulator.Endpoints, new StreamOptions { Clock = clock });
        await StreamTests.Until(() => emulator.Clients == 1);
        emulator.Tick();
        (await StreamTests.Next(stream)).Dispose();
        await StreamTests.Until(() => clock.PendingTimers == 1);
        clock.Advance(TimeSpan.FromSeconds(6));
        emulator.Tick();
        (await StreamTests.Next(stream)).Dispose();
        await StreamTests.Until(() => clock.PendingTimers == 1);
        clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal((true, 0L, 2L), (stream.Status().Endpoints[0].IsConnected, stream.Status().Endpoints[0].Reconnects, stream.Status().Endpoints[0].Windows));

        clock.Advance(TimeSpan.FromSeconds(0.2));
        await StreamTests.Until(() => !stream.Status().Endpoints[0].IsConnected && clock.PendingTimers == 1);
        Assert.Contains("nothing came for 30 s", stream.Status().Endpoints[0].LastError, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(1));
        await StreamTests.Until(() => stream.Status().Endpoints[0] is { IsConnected: true, Reconnects: 1 });
    }

    [Fact]
    public async Task A_window_that_comes_slowly_is_no_silence()
    {
        var clock = new ManualClock(_start);
        var timers = new WatchedTimers(clock);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var stream = AartfaacStream.Open([new AartfaacEndpoint("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port)], new StreamOptions { Clock = timers });
        using var socket = await server.AcceptSocketAsync();
        var window = EmulatorWindow.Make(48, 32, "6000000", "2026-03-14T23:59:50");
        await StreamTests.Until(() => stream.Status().Endpoints[0].IsConnected && clock.PendingTimers == 1);
        var before = clock.GetUtcNow();
        for (var sent = 0; sent < window.Length; sent += 4000)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            await socket.SendAsync(window.AsMemory(sent, Math.Min(4000, window.Length - sent)));

            // The receiver moves its time-out on when bytes have come, on a thread of its own.
            await StreamTests.Until(() => timers.LastChanged == clock.GetUtcNow());
        }

        (await StreamTests.Next(stream)).Dispose();
        Assert.True(clock.GetUtcNow() - before >= TimeSpan.FromSeconds(60));
        Assert.Equal((1L, 0L), (stream.Status().Endpoints[0].Windows, stream.Status().Endpoints[0].Reconnects));
    }

    [Fact]
    public async Task A_server_that_is_back_after_three_seconds_is_connected_to_again_once()
    {
        var clock = new ManualClock(_start);
        var emulator = AartfaacEmulator.Start(StreamTests.Emulator(1) with { Clock = clock });
        var port = emulator.Endpoints[0].Port;
        await using var stream = AartfaacStream.Open(emulator.Endpoints, new StreamOptions { Clock = clock });
        await StreamTests.Until(() => emulator.Clients == 1);
        emulator.Tick();
        (await StreamTests.Next(stream)).Dispose();
        await emulator.DisposeAsync();
        await StreamTests.Until(() => !stream.Status().Endpoints[0].IsConnected);
        for (var i = 0; i < 12; i++)
        {
            // Without a timer the receiver is on its way to the next attempt: time stands still until it is there.
            await StreamTests.Until(() => clock.PendingTimers > 0);
            clock.Advance(TimeSpan.FromSeconds(0.25));
        }

        Assert.False(stream.Status().Endpoints[0].IsConnected);
        await using var back = AartfaacEmulator.Start(new EmulatorOptions { Ports = [port], Clock = clock });
        // The pauses are 0.5, 1, 2 and 4 s, each a quarter longer at most.
        while (back.Clients == 0 && clock.GetUtcNow() - _start < TimeSpan.FromSeconds(9.5))
        {
            clock.Advance(TimeSpan.FromSeconds(0.25));
            await StreamTests.Until(() => back.Clients > 0 || clock.PendingTimers > 0);
        }

        await StreamTests.Until(() => back.Clients == 1);
        back.Tick();
        (await StreamTests.Next(stream)).Dispose();
        Assert.Equal((1L, 2L), (stream.Status().Endpoints[0].Reconnects, stream.Status().Endpoints[0].Windows));
    }

    [Fact]
    public async Task Attempts_become_rarer_up_to_half_a_minute()
    {
        var clock = new ManualClock(_start);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var stream = AartfaacStream.Open([new AartfaacEndpoint("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port)], new StreamOptions { Clock = clock });
        var times = new List<double>();
        for (var attempt = 0; attempt < 9; attempt++)
        {
            while (!server.Pending())
            {
                clock.Advance(TimeSpan.FromSeconds(0.125));
                // Without a timer the receiver is on its way to the next attempt: time stands still until it is there.
                await StreamTests.Until(() => server.Pending() || clock.PendingTimers > 0);
            }

            times.Add((clock.GetUtcNow() - _start).TotalSeconds);
            (await server.AcceptSocketAsync()).Dispose();
            await StreamTests.Until(() => stream.Status().Endpoints[0] is { IsConnected: false } endpoint && endpoint.Connections == attempt + 1);
        }

        double[] pauses = [0.5, 1, 2, 4, 8, 16, 30, 30];
        for (var i = 0; i < pauses.Length; i++)
            Assert.InRange(times[i + 1] - times[i], 0.75 * pauses[i] - 0.2, 1.25 * pauses[i] + 1);
    }

    [Fact]
    public async Task A_dead_subband_makes_a_group_wait_two_cadences_and_health_is_degraded_after_five()
    {
        var clock = new ManualClock(_start);
        await using var emulator = AartfaacEmulator.Start(StreamTests.Emulator(2) with { Clock = clock });
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var dead = new AartfaacEndpoint("127.0.0.1", ((IPEndPoint)closed.LocalEndpoint).Port);
        closed.Stop();
        await using var stream = AartfaacStream.Open([.. emulator.Endpoints, dead], new StreamOptions { Clock = clock, FirstBackOff = TimeSpan.FromHours(1) });
        await StreamTests.Until(() => emulator.Clients == 2 && stream.Status().Endpoints[2].LastError is not null);
        emulator.Tick();
        // Two idle time-outs, one pause, and the group's wait.
        await StreamTests.Until(() => stream.Status().Endpoints.Sum(endpoint => endpoint.Windows) == 2 && clock.PendingTimers == 4);
        clock.Advance(TimeSpan.FromSeconds(1.99));
        Assert.Equal((0L, "healthy"), (stream.Status().Partial, stream.Status().Health));
        clock.Advance(TimeSpan.FromSeconds(0.01));
        using (var group = await StreamTests.Next(stream))
            Assert.Equal((GroupReason.Timeout, 2), (group.Reason, group.Images.Count));

        clock.Advance(TimeSpan.FromSeconds(3.01));
        Assert.True(stream.Status().Endpoints.All(endpoint => endpoint.IsSilent));
        emulator.Tick();
        await StreamTests.Until(() => stream.Status().Endpoints.Count(endpoint => endpoint.IsSilent) == 1);
        Assert.StartsWith($"degraded: {dead} is silent (", stream.Status().Health, StringComparison.Ordinal);
        Assert.Equal((1L, 0L, 1.0, 1L), (
            Measure<long>("aartfaac_gaps_total", $"{dead}"), Measure<long>("aartfaac_gaps_total", $"{emulator.Endpoints[0]}"),
            (double)Measure<int>("aartfaac_degraded", null), Measure<long>("aartfaac_groups_total", "partial")));
        Assert.Equal(5.01 - 1, Measure<double>("aartfaac_latency_seconds", $"{emulator.Endpoints[0]}"), 1e-6);
    }

    // What a collector of metrics would read now; the tag's value tells series of one name apart.
    private static T Measure<T>(string name, string? tag)
        where T : struct
    {
        T? found = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == StreamMeter.Name && instrument.Name == name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<T>((_, value, tags, _) =>
        {
            var isIt = tag is null;
            foreach (var (_, label) in tags)
                isIt |= Equals(label, tag);
            if (isIt)
                found = found is null || Comparer<T>.Default.Compare(value, found.Value) > 0 ? value : found;
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return found ?? throw new InvalidOperationException($"nobody measures {name} of {tag}");
    }

    /// <summary>A clock that knows when a timer of its was last moved.</summary>
    private sealed class WatchedTimers(ManualClock clock) : TimeProvider
    {
        private long _lastChanged;

        public DateTimeOffset LastChanged => new(Interlocked.Read(ref _lastChanged), TimeSpan.Zero);

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new WatchedTimer(this, clock.CreateTimer(callback, state, dueTime, period));

        private sealed class WatchedTimer(WatchedTimers owner, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                var changed = timer.Change(dueTime, period);
                Interlocked.Exchange(ref owner._lastChanged, owner.GetUtcNow().UtcTicks);
                return changed;
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
