using Alpaca.Contract;

namespace Alpaca.Devices.Tests;

public class ConnectionTests
{
    private static readonly DeviceIdentity Known = new("Probe", "A device for tests", "probe-1", "Tests", "1.0");

    [Fact]
    public async Task Connect_returns_before_the_hardware_answers_and_connecting_ends_when_it_has()
    {
        var device = new Probe();
        await device.ConnectAsync();
        Assert.True(await device.ConnectingAsync());
        Assert.False(await device.ConnectedAsync());
        device.Answer.SetResult();
        Assert.False(await device.ConnectingAsync());
        Assert.True(await device.ConnectedAsync());
    }

    [Fact]
    public async Task Clients_that_connect_and_disconnect_at_once_never_leave_it_connecting()
    {
        var device = new Prompt();
        for (var round = 0; round < 500; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
            {
                for (var i = 0; i < 100; i++)
                    await (((client / 4) + i) % 2 == 0 ? device.ConnectAsync() : device.DisconnectAsync());
            })));
            Assert.False(await device.ConnectingAsync(), $"round {round}");
        }

        await device.ConnectAsync();
        Assert.True(await device.ConnectedAsync());
    }

    [Fact]
    public async Task A_failed_connection_is_reported_by_connecting_until_the_next_attempt()
    {
        var device = new Probe();
        await device.ConnectAsync();
        device.Answer.SetException(new IOException("the cable is out"));
        var error = await Assert.ThrowsAsync<AlpacaException>(async () => await device.ConnectingAsync());
        Assert.Equal(AlpacaError.Driver, error.Error);
        Assert.Contains("the cable is out", error.Message, StringComparison.Ordinal);
        Assert.False(await device.ConnectedAsync());
        device.Answer = new();
        await device.ConnectAsync();
        Assert.True(await device.ConnectingAsync());
        device.Answer.SetResult();
        Assert.True(await device.ConnectedAsync());
    }

    [Fact]
    public async Task Setting_connected_waits_and_throws_what_went_wrong()
    {
        var device = new Probe();
        var connect = device.SetConnectedAsync(true).AsTask();
        Assert.False(connect.IsCompleted);
        device.Answer.SetException(new AlpacaException(0x501, "no power"));
        Assert.Equal(0x501, (await Assert.ThrowsAsync<AlpacaException>(() => connect)).Number);
    }

    [Fact]
    public async Task The_wish_that_came_last_wins_while_the_first_is_still_under_way()
    {
        var device = new Probe();
        await device.ConnectAsync();
        await device.DisconnectAsync();
        device.Answer.SetResult();
        Assert.False(await device.ConnectedAsync());
        Assert.Equal(["open", "close"], device.Calls);
    }

    [Fact]
    public async Task A_thousand_parallel_connects_and_disconnects_end_in_what_was_asked_last()
    {
        var device = new Probe { IsSlow = true };
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(async () => await device.SetConnectedAsync(i % 2 == 0))));
        await device.SetConnectedAsync(true);
        Assert.True(await device.ConnectedAsync());
        Assert.Equal(1, device.Open);
        await device.SetConnectedAsync(false);
        Assert.Equal(0, device.Open);
    }

    [Fact]
    public async Task A_device_that_is_not_connected_refuses_to_work()
    {
        var device = new Probe();
        Assert.Equal(AlpacaError.NotConnected, Assert.Throws<AlpacaException>(device.Work).Error);
        device.Answer.SetResult();
        await device.SetConnectedAsync(true);
        device.Work();
    }

    [Fact]
    public void A_description_too_long_for_a_header_is_refused() =>
        Assert.Throws<ArgumentException>(() => new DeviceIdentity("x", new string('x', 69), "x", "x", "1.0"));

    private sealed class Probe() : DeviceBase(Known, TimeProvider.System)
    {
        private int _open;

        public TaskCompletionSource Answer { get; set; } = new();

        public bool IsSlow { get; init; }

        public int Open => _open;

        public List<string> Calls { get; } = [];

        public void Work() => EnsureConnected();

        protected override async ValueTask OpenAsync(CancellationToken cancel)
        {
            Assert.Equal(1, Interlocked.Increment(ref _open));
            if (IsSlow)
            {
                await Task.Yield();
                return;
            }

            Calls.Add("open");
            try
            {
                await Answer.Task;
            }
            catch
            {
                Interlocked.Decrement(ref _open);
                throw;
            }
        }

        protected override async ValueTask CloseAsync(CancellationToken cancel)
        {
            Assert.Equal(0, Interlocked.Decrement(ref _open));
            if (IsSlow)
                await Task.Yield();
            else
                Calls.Add("close");
        }
    }

    /// <summary>Hardware that answers at once.</summary>
    private sealed class Prompt() : DeviceBase(Known, TimeProvider.System);
}
