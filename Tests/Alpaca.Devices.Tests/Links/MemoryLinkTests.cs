using Alpaca.Devices.Links;

namespace Alpaca.Devices.Tests.Links;

public sealed class MemoryLinkTests
{
    [Fact]
    public void What_one_end_writes_the_other_reads() => Scene.Run(async clock =>
    {
        var (near, far) = MemoryLink.CreatePair(clock);
        await near.WriteAsync(":GLS#"u8.ToArray(), Scene.Second);
        Assert.Equal(":GLS#"u8.ToArray(), await new LinkReader(far).ReadExactlyAsync(5, Scene.Second));
    });

    [Fact]
    public void A_read_ends_at_its_deadline_on_the_clock_it_was_given() => Scene.Run(async clock =>
    {
        var (near, _) = MemoryLink.CreatePair(clock, "port");
        var failure = await Assert.ThrowsAsync<LinkException>(async () => await near.ReadAsync(new byte[1], TimeSpan.FromSeconds(3)));
        Assert.Equal(LinkFault.Timeout, failure.Fault);
        Assert.Equal("port: no answer within 3 s.", failure.Message);
        Assert.Equal(TimeSpan.FromSeconds(3), clock.GetUtcNow() - Scene.Begin);
    });

    [Fact]
    public void Closing_one_end_ends_the_others_read() => Scene.Run(async clock =>
    {
        var (near, far) = MemoryLink.CreatePair(clock);
        var reading = near.ReadAsync(new byte[1], Timeout.InfiniteTimeSpan).AsTask();
        await far.DisposeAsync();
        Assert.Equal(LinkFault.Lost, (await Assert.ThrowsAsync<LinkException>(() => reading)).Fault);
    });

    [Fact]
    public void A_cancelled_read_takes_no_bytes() => Scene.Run(async clock =>
    {
        var (near, far) = MemoryLink.CreatePair(clock);
        using var cancel = new CancellationTokenSource();
        var reading = near.ReadAsync(new byte[1], Timeout.InfiniteTimeSpan, cancel.Token).AsTask();
        cancel.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await far.WriteAsync("x"u8.ToArray(), Scene.Second);
        Assert.Equal(1, await near.ReadAsync(new byte[1], Scene.Second));
    });

    [Fact]
    public void A_full_stream_makes_the_writer_wait_until_its_deadline() => Scene.Run(async clock =>
    {
        var (near, far) = MemoryLink.CreatePair(clock);
        var failure = await Assert.ThrowsAsync<LinkException>(async () => await near.WriteAsync(new byte[100_000], Scene.Second));
        Assert.Equal(LinkFault.Timeout, failure.Fault);
        far.DiscardInput();
        await near.WriteAsync("x"u8.ToArray(), Scene.Second);
    });
}
