namespace DataServices.Hipercam.Tests;

public class FrameWaitTests
{
    [Theory]
    [InlineData(true, 1, 5, 3, false, false, 0)]
    [InlineData(false, 1, 5, 0, false, true, 1)]
    [InlineData(false, 1, 5, 4, false, true, 5)]
    [InlineData(false, 1, 5, 4.5, true, false, 4.5)]
    [InlineData(false, 1, 0, 0, true, false, 0)]
    [InlineData(false, 0, 0, 0, false, true, 0)]
    [InlineData(false, 2, 2, 0, false, true, 2)]
    [InlineData(false, 1, -1, 0, true, false, 0)]
    public async Task Waiting_ends_when_the_next_wait_would_be_too_long(bool hasFrame, double wait, double max, double total, bool givesUp, bool triesAgain, double sum)
    {
        var clock = new HastyClock();
        var verdict = await FrameWait.HangAboutAsync(hasFrame, TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(max), TimeSpan.FromSeconds(total), clock);
        Assert.Equal((givesUp, triesAgain, TimeSpan.FromSeconds(sum)), (verdict.GiveUp, verdict.TryAgain, verdict.Total));
        Assert.Equal(triesAgain ? [TimeSpan.FromSeconds(Math.Max(wait, 0.01))] : [], clock.Waits);
    }

    [Fact]
    public async Task A_long_wait_is_cut_into_pieces_for_the_displays()
    {
        var (clock, calls) = (new HastyClock(), 0);
        void Update() => calls++;
        await FrameWait.HangAboutAsync(
            false, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.Zero, clock, [Update, Update], TimeSpan.FromSeconds(0.2));
        Assert.Equal((10, 5), (calls, clock.Waits.Count));
    }

    /// <summary>A clock whose timers fire at once and are noted.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
