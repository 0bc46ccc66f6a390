using System.Text;
using Alpaca.Astronomy.Clocks;

namespace Alpaca.Astronomy.Tests.Clocks;

public class VirtualClockTests
{
    private static readonly DateTimeOffset Dusk = new(2026, 11, 21, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_night_of_delays_takes_no_real_time()
    {
        var clock = new VirtualClock(Dusk);
        var start = TimeProvider.System.GetTimestamp();
        var steps = 0;
        clock.Run(async () =>
        {
            var end = Dusk.AddHours(10);
            while (clock.GetUtcNow() < end)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), clock);
                steps++;
            }
        });
        Assert.Equal(36000, steps);
        Assert.Equal(Dusk.AddHours(10), clock.GetUtcNow());
        Assert.Equal(0, clock.StrayPosts);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(12), "slower than 3000 times real time");
    }

    [Fact]
    public void Timers_due_together_fire_in_the_order_they_were_set()
    {
        var clock = new VirtualClock(Dusk);
        var order = new List<int>();
        clock.Run(async () =>
        {
            async Task Say(int number)
            {
                await Task.Delay(TimeSpan.FromSeconds(5), clock);
                order.Add(number);
            }
            await Task.WhenAll(Enumerable.Range(0, 50).Select(Say));
        });
        Assert.Equal(Enumerable.Range(0, 50), order);
    }

    [Fact]
    public void The_same_program_runs_the_same_way_twice()
    {
        Assert.Equal(Chatter(), Chatter());
        Assert.True(Chatter().Length > 1000);
    }

    [Fact]
    public void Everything_runs_on_one_thread()
    {
        var clock = new VirtualClock(Dusk);
        var threads = new HashSet<int>();
        clock.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Delay(TimeSpan.FromSeconds(i % 3), clock);
                await Task.Yield();
                threads.Add(await clock.ComputeAsync(() => Environment.CurrentManagedThreadId));
            }
        });
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void A_deadlock_is_reported_and_not_waited_for()
    {
        var clock = new VirtualClock(Dusk);
        var never = new TaskCompletionSource();
        var error = Assert.Throws<InvalidOperationException>(() => clock.Run(() => never.Task));
        Assert.Contains("Deadlock", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_virtual_limit_ends_a_run_that_never_ends()
    {
        var clock = new VirtualClock(Dusk, TimeSpan.FromHours(1));
        Assert.Throws<TimeoutException>(() => clock.Run(async () =>
        {
            while (true) await Task.Delay(TimeSpan.FromMinutes(1), clock);
        }));
        Assert.Equal(Dusk.AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void An_exception_of_the_main_task_reaches_the_caller()
    {
        var clock = new VirtualClock(Dusk);
        Assert.Throws<FormatException>(() => clock.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock);
            throw new FormatException();
        }));
    }

    [Fact]
    public void An_exception_of_a_computation_arrives_when_it_is_awaited()
    {
        var clock = new VirtualClock(Dusk);
        clock.Run(async () =>
        {
            var pending = clock.ComputeAsync<int>(() => throw new FormatException());
            await Assert.ThrowsAsync<FormatException>(async () => await pending);
        });
    }

    [Fact]
    public void Time_stands_still_while_external_work_is_held()
    {
        var clock = new VirtualClock(Dusk);
        clock.Run(async () =>
        {
            using var tick = clock.CreateTimer(_ => { }, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            using (clock.Hold())
            {
                var external = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var worker = new Thread(() =>
                {
                    Thread.SpinWait(1_000_000);
                    external.SetResult();
                });
                worker.Start();
                await external.Task;
                Assert.Equal(Dusk, clock.GetUtcNow());
            }
            await Task.Delay(TimeSpan.FromSeconds(90), clock);
            Assert.Equal(Dusk.AddSeconds(90), clock.GetUtcNow());
        });
        Assert.Equal(0, clock.StrayPosts);
    }

    [Fact]
    public void Work_that_left_the_loop_is_counted_and_named()
    {
        var clock = new VirtualClock(Dusk);
        clock.Run(async () =>
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var awaited = new ManualResetEventSlim();
            var stranger = new Thread(() =>
            {
                awaited.Wait();
                gate.SetResult();
            });
            stranger.Start();
            async Task Signal()
            {
                await Task.Yield();
                awaited.Set();
            }
            await Task.WhenAll(Signal(), Wait());
            async Task Wait() => await gate.Task;
        });
        Assert.Equal(1, clock.StrayPosts);
        Assert.Contains(nameof(Work_that_left_the_loop_is_counted_and_named), clock.FirstStray, StringComparison.Ordinal);
    }

    [Fact]
    public void Deadlines_made_on_the_clock_cancel_on_the_clock()
    {
        var clock = new VirtualClock(Dusk);
        clock.Run(async () =>
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), clock);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromHours(1), clock, deadline.Token));
            Assert.Equal(Dusk.AddSeconds(30), clock.GetUtcNow());
            await Assert.ThrowsAsync<TimeoutException>(() => new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromSeconds(5), clock));
            Assert.Equal(Dusk.AddSeconds(35), clock.GetUtcNow());
        });
    }

    private static string Chatter()
    {
        var clock = new VirtualClock(Dusk);
        var log = new StringBuilder();
        var random = new Random(7);
        clock.Run(async () =>
        {
            var slots = new SemaphoreSlim(2);
            async Task Talk(int id)
            {
                for (var i = 0; i < 10; i++)
                {
                    await slots.WaitAsync();
                    log.Append(id).Append('@').Append(clock.GetTimestamp()).Append(' ');
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 500)), clock);
                    slots.Release();
                    await Task.Yield();
                }
            }
            await Task.WhenAll(Enumerable.Range(0, 10).Select(Talk));
        });
        return log.ToString();
    }
}
