using Alpaca.Astronomy.Clocks;
using Sequencer.Core.Observing;
using Sequencer.Core.Records;

namespace Sequencer.Core.Tests.Observing;

public sealed class FrameProcessorTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 1, 10, 6, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Steps_run_in_order_after_the_caller_went_on_and_a_failure_stops_nothing()
    {
        var journal = new Journal(_clock);
        var warnings = new List<string?>();
        journal.Written += entry => warnings.Add(entry.Text("message"));
        var processor = new FrameProcessor(_clock, journal);
        var done = new List<int>();
        _clock.Run(async () =>
        {
            Assert.True(processor.TryEnqueue("one", () => Step(1)));
            Assert.True(processor.TryEnqueue("two", () => throw new IOException("disk full")));
            Assert.True(processor.TryEnqueue("three", () => Step(3)));
            Assert.Empty(done);
            Assert.Equal(3, processor.Pending);
            Assert.True(await processor.DrainAsync(TimeSpan.FromMinutes(1)));
        });
        Assert.Equal([1, 3], done);
        Assert.Equal((2, 1, 0), (processor.Completed, processor.Failed, processor.Dropped));
        Assert.Equal("two failed: disk full", Assert.Single(warnings));

        async Task Step(int number)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), _clock);
            done.Add(number);
        }
    }

    [Fact]
    public void More_than_the_bound_is_left_out_and_counted()
    {
        var processor = new FrameProcessor(_clock, new Journal(_clock), capacity: 2);
        _clock.Run(async () =>
        {
            var accepted = Enumerable.Range(0, 5).Count(_ => processor.TryEnqueue("step", () => Task.Delay(TimeSpan.FromSeconds(5), _clock)));
            Assert.Equal(2, accepted);
            Assert.True(await processor.DrainAsync(TimeSpan.FromMinutes(1)));
        });
        Assert.Equal(3, processor.Dropped);
        Assert.Equal(2, processor.Completed);
    }

    [Fact]
    public void Draining_gives_up_at_its_deadline()
    {
        var processor = new FrameProcessor(_clock, new Journal(_clock));
        _clock.Run(async () =>
        {
            processor.TryEnqueue("slow", () => Task.Delay(TimeSpan.FromHours(1), _clock));
            Assert.False(await processor.DrainAsync(TimeSpan.FromSeconds(10)));
        });
    }
}
