using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alpaca.Hosting.Tests;

public sealed class WarmUpTests
{
    [Fact]
    public async Task Every_members_code_is_compiled_and_no_device_is_touched()
    {
        var registry = new DeviceRegistry();
        registry.Add(new UntouchedFocuser(), "focuser", "id");
        var alone = await WarmUp.RunAsync(registry.Devices, NullLogger.Instance, CancellationToken.None);

        // The focuser interface has a dozen members of its own and as many common ones, each with a handler and a body.
        Assert.True(alone > 100, $"{alone} methods");
        registry.Add(new TestCamera(), "camera", "id-2");
        var both = await WarmUp.RunAsync(registry.Devices, NullLogger.Instance, CancellationToken.None);
        Assert.True(both > alone + 100, $"{both} methods with a camera");
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_it()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        Assert.Equal(0, await WarmUp.RunAsync([], NullLogger.Instance, stop.Token));
        await using var host = await RunningHost.StartAsync(new AlpacaHostOptions { WarmsUp = true }, new TestFocuser());
        Assert.Equal(0, (await host.GetAsync("/api/v1/focuser/0/position")).Error);
        await host.StopAsync();
    }

    /// <summary>Fails if anything is asked of it.</summary>
    private sealed class UntouchedFocuser : IFocuser
    {
        private static InvalidOperationException Touched => new("a warm-up must not use the device");

        public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<int> MaxStepAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask MoveAsync(int position, CancellationToken cancel = default) => throw Touched;

        public ValueTask HaltAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask ConnectAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask DisconnectAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default) => throw Touched;

        public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => throw Touched;

        public ValueTask<string> NameAsync(CancellationToken cancel = default) => throw Touched;
    }
}
