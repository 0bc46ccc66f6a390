using System.Diagnostics;
using Alpaca.Astronomy.Clocks;

namespace Alpaca.Astronomy.Tests.Clocks;

public sealed class AcceleratedClockTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 5, 0, 0, TimeSpan.Zero);

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("clock").FullName, "clock");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Virtual_time_is_real_time_multiplied()
    {
        using var clock = new AcceleratedClock(Start, 1000);
        var outer = Real();
        var first = clock.GetUtcNow();
        var inner = Real();
        SpinFor(TimeSpan.FromMilliseconds(20));
        var least = TimeProvider.System.GetElapsedTime(inner);
        var second = clock.GetUtcNow();
        var most = TimeProvider.System.GetElapsedTime(outer);
        Assert.InRange(second - first, least * 1000, most * 1000);
    }

    [Fact]
    public void While_held_virtual_time_advances_at_real_rate()
    {
        using var clock = new AcceleratedClock(Start, 100_000);
        using (clock.Hold())
        {
            Assert.True(clock.Held);
            Assert.Equal(1, clock.Rate);
            var outer = Real();
            var first = clock.GetUtcNow();
            SpinFor(TimeSpan.FromMilliseconds(10));
            var second = clock.GetUtcNow();
            Assert.InRange(second - first, TimeSpan.FromMilliseconds(9.9), TimeProvider.System.GetElapsedTime(outer) + TimeSpan.FromMicroseconds(1));
        }
        Assert.False(clock.Held);
        Assert.Equal(100_000, clock.Rate);
    }

    [Fact]
    public void Holding_and_letting_go_leave_no_jump_in_time()
    {
        using var clock = new AcceleratedClock(Start, 100_000);
        SpinFor(TimeSpan.FromMilliseconds(5));
        var before = clock.GetUtcNow();
        Assert.True(before - Start >= TimeSpan.FromSeconds(500));
        var hold = clock.Hold();
        var held = clock.GetUtcNow();
        Assert.True(held >= before, "back when the hold began");
        SpinFor(TimeSpan.FromMilliseconds(5));
        var end = clock.GetUtcNow();
        hold.Dispose();
        var after = clock.GetUtcNow();
        Assert.True(after >= end, "back when the hold ended");
        SpinFor(TimeSpan.FromMilliseconds(5));
        Assert.True(clock.GetUtcNow() - after >= TimeSpan.FromSeconds(499));
    }

    [Fact]
    public void Two_processes_on_one_file_agree_on_the_time_and_on_holds()
    {
        using var server = AcceleratedClock.Create(_path, Start, 600);
        using var client = AcceleratedClock.Open(_path);
        Assert.Equal(600, client.NominalRate);
        for (var i = 0; i < 1000; i++)
        {
            var (a, b, c) = (server.GetUtcNow(), client.GetUtcNow(), server.GetUtcNow());
            Assert.True(a <= b && b <= c);
        }
        using (server.Hold())
        {
            Assert.True(client.Held);
            using (client.Hold()) Assert.Equal(1, server.Rate);
            Assert.True(server.Held, "the server's own hold goes on");
        }
        Assert.False(client.Held);
    }

    [Fact]
    public async Task Time_never_runs_backwards_while_holds_come_and_go()
    {
        using var server = AcceleratedClock.Create(_path, Start, 100_000);
        using var client = AcceleratedClock.Open(_path);
        using var stop = new CancellationTokenSource();
        var flaps = 0;
        var flapping = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                client.Hold().Dispose();
                Volatile.Write(ref flaps, flaps + 1);
            }
        });
        var last = server.GetTimestamp();
        for (var i = 0; i < 200_000 || Volatile.Read(ref flaps) < 20_000; i++)
        {
            var now = server.GetTimestamp();
            if (now < last) Assert.Fail($"{last - now} ticks backwards");
            last = now;
        }
        await stop.CancelAsync();
        await flapping;
    }

    [Fact]
    public void A_hold_of_a_process_that_died_is_swept()
    {
        using var clock = AcceleratedClock.Create(_path, Start, 600);
        var dead = DeadProcess();
        using (var file = File.Open(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 128 + (10 * 8);
            file.Write(BitConverter.GetBytes(dead));
            file.Write(BitConverter.GetBytes(1));
        }
        clock.Hold().Dispose();
        Assert.Equal(1, clock.Rate);
        Assert.True(SpinWait.SpinUntil(() => !clock.Held, TimeSpan.FromSeconds(10)));
        Assert.Equal(600, clock.Rate);
    }

    [Fact]
    public void Time_waits_for_a_process_that_gets_no_processor_and_goes_on_without_a_jump()
    {
        using var clock = AcceleratedClock.Create(_path, Start, 600);
        var starved = ClockState.Open(_path);
        var slot = starved.TakeSlot();
        starved.SetGrant(slot, TimeProvider.System.GetTimestamp());
        var standing = clock.GetUtcNow();
        SpinFor(TimeSpan.FromMilliseconds(20));
        Assert.Equal(standing, clock.GetUtcNow());
        starved.SetGrant(slot, long.MaxValue);
        Assert.True(clock.GetUtcNow() - standing < TimeSpan.FromSeconds(6), "the 20 ms, 12 s at this rate, are not made up for");
        SpinFor(TimeSpan.FromMilliseconds(5));
        Assert.True(clock.GetUtcNow() - standing >= TimeSpan.FromSeconds(2.9), "it goes on");
    }

    [Fact]
    public void A_process_that_died_while_time_waited_for_it_is_swept()
    {
        using var clock = AcceleratedClock.Create(_path, Start, 600);
        using (var file = File.Open(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 128 + (10 * 8);
            file.Write(BitConverter.GetBytes(DeadProcess()));
            file.Position = 640 + (10 * 8);
            file.Write(BitConverter.GetBytes(1L));
        }

        clock.Hold().Dispose();
        var standing = clock.GetUtcNow();
        Assert.True(SpinWait.SpinUntil(() => clock.GetUtcNow() > standing, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_lock_of_a_process_that_died_is_broken()
    {
        using var clock = AcceleratedClock.Create(_path, Start, 600);
        using (var file = File.Open(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 8;
            file.Write(BitConverter.GetBytes((long)DeadProcess()));
            file.Write(BitConverter.GetBytes(1L));
        }
        Assert.True(clock.GetUtcNow() >= Start);
        using var hold = clock.Hold();
        Assert.True(clock.Held);
    }

    [Fact]
    public async Task Delays_end_after_their_virtual_time_and_never_before()
    {
        using var clock = new AcceleratedClock(Start, 2000);
        foreach (var seconds in new[] { 0.2, 1, 5, 30, 100 })
        {
            var before = clock.GetUtcNow();
            await Task.Delay(TimeSpan.FromSeconds(seconds), clock).WaitAsync(TimeSpan.FromSeconds(20));
            Assert.True(clock.GetUtcNow() - before >= TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task A_timer_set_while_held_fires_soon_after_the_other_process_lets_go()
    {
        using var server = AcceleratedClock.Create(_path, Start, 100_000);
        using var client = AcceleratedClock.Open(_path);
        var hold = server.Hold();
        var hour = Task.Delay(TimeSpan.FromHours(1), client);
        Assert.False(hour.IsCompleted);
        hold.Dispose();
        // 36 ms of real time at this rate; an hour at the held rate the wait began with.
        await hour.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_computation_holds_the_clock_until_it_is_done()
    {
        using var clock = new AcceleratedClock(Start, 600);
        Assert.True(await clock.ComputeAsync(() => clock.Held));
        Assert.False(clock.Held);
        await Assert.ThrowsAsync<FormatException>(async () => await clock.ComputeAsync(() => throw new FormatException()));
        Assert.False(clock.Held);
    }

    [Fact]
    public async Task A_periodic_timer_keeps_its_rhythm_and_skips_what_it_missed()
    {
        using var clock = new AcceleratedClock(Start, 10_000);
        using var three = new CountdownEvent(3);
        await using var timer = clock.CreateTimer(_ => { if (!three.IsSet) three.Signal(); }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.True(await Task.Run(() => three.Wait(TimeSpan.FromSeconds(20))));
        Assert.Equal(1, clock.PendingTimers);
    }

    [Fact]
    public void Disposing_gives_the_holds_back_and_leaves_the_time_readable()
    {
        using var server = AcceleratedClock.Create(_path, Start, 600);
        var client = AcceleratedClock.Open(_path);
        var hold = client.Hold();
        client.Dispose();
        Assert.False(server.Held);
        hold.Dispose();
        Assert.False(server.Held);
        Assert.True(client.GetUtcNow() >= Start);
    }

    [Fact]
    public void A_missing_or_foreign_clock_file_is_explained()
    {
        Assert.Contains("start that first", Assert.Throws<FileNotFoundException>(() => AcceleratedClock.Open(_path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_path, "not a clock");
        Assert.Throws<InvalidDataException>(() => AcceleratedClock.Open(_path));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AcceleratedClock(Start, 0));
    }

    [Fact]
    public void The_real_time_under_the_clock_is_the_same_in_every_process()
    {
        if (!OperatingSystem.IsLinux()) return;
        // CLOCK_MONOTONIC and /proc/uptime (CLOCK_BOOTTIME) differ only by time spent suspended; both count from boot, not from process start.
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var monotonic = (double)Real() / TimeProvider.System.TimestampFrequency;
        Assert.InRange(monotonic, 0, uptime + 1);
        Assert.True(monotonic > (TimeProvider.System.GetUtcNow() - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalSeconds);
    }

    private static long Real() => TimeProvider.System.GetTimestamp();

    private static void SpinFor(TimeSpan span)
    {
        var start = Real();
        while (TimeProvider.System.GetElapsedTime(start) < span) Thread.SpinWait(100);
    }

    private static int DeadProcess()
    {
        using var process = Process.Start(new ProcessStartInfo("true"))!;
        process.WaitForExit();
        return process.Id;
    }
}
