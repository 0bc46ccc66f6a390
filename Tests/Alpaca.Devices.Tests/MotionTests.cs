namespace Alpaca.Devices.Tests;

public class MotionTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-5, 10)]
    [InlineData(0, 10)]
    [InlineData(5, 20)]
    [InlineData(10, 30)]
    [InlineData(50, 30)]
    public void A_travel_is_where_its_speed_has_brought_it(double seconds, double position) =>
        Assert.Equal(position, new Travel(10, 30, 2, Start).PositionAt(Start.AddSeconds(seconds)), 1e-9);

    [Fact]
    public void A_travel_backwards_goes_down_and_ends_on_time()
    {
        var travel = new Travel(30, 10, 4, Start);
        Assert.Equal(22, travel.PositionAt(Start.AddSeconds(2)), 1e-9);
        Assert.True(travel.IsMovingAt(Start.AddSeconds(4.999)));
        Assert.False(travel.IsMovingAt(Start.AddSeconds(5)));
    }

    [Fact]
    public void A_stopped_travel_stays_and_a_redirected_one_goes_on_from_where_it_was()
    {
        var travel = new Travel(0, 100, 10, Start);
        var stopped = travel.StoppedAt(Start.AddSeconds(3));
        Assert.Equal(30, stopped.PositionAt(Start.AddSeconds(99)), 1e-9);
        Assert.False(stopped.IsMovingAt(Start.AddSeconds(3)));
        Assert.Equal(20, travel.RedirectedTo(0, 5, Start.AddSeconds(3)).PositionAt(Start.AddSeconds(5)), 1e-9);
    }

    [Fact]
    public void An_operation_keeps_what_it_failed_with_and_one_at_a_time()
    {
        var operation = new DeviceOperation();
        var work = new TaskCompletionSource();
        Assert.True(operation.TryStart(_ => work.Task));
        Assert.True(operation.IsRunning);
        Assert.False(operation.TryStart(_ => Task.CompletedTask));
        work.SetException(new IOException("stalled"));
        Assert.False(operation.IsRunning);
        Assert.Equal("stalled", operation.Failure?.Message);
        Assert.True(operation.TryStart(_ => Task.CompletedTask));
        Assert.Null(operation.Failure);
    }

    [Fact]
    public void A_cancelled_operation_has_ended_at_once_and_has_not_failed()
    {
        var operation = new DeviceOperation();
        CancellationToken token = default;
        operation.TryStart(async cancel =>
        {
            token = cancel;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        });
        operation.Cancel();
        Assert.True(token.IsCancellationRequested);
        Assert.False(operation.IsRunning);
        Assert.Null(operation.Failure);
        operation.Cancel();
    }
}
