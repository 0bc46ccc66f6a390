using Alpaca.Contract;
using Alpaca.Devices.Links;
using Alpaca.Devices.Tests.Sample;
using Emulators.Kit;

namespace Alpaca.Devices.Tests.Loop;

/// <summary>The same loop and driver on a pseudo-terminal, in real time.</summary>
public sealed class RealPortTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_pulled_cable_fails_the_move_at_once_and_the_focuser_comes_back_by_itself()
    {
        var symlink = Path.Combine(Path.GetTempPath(), $"alpaca-test-{Guid.NewGuid():N}");
        await using var port = await PtyPort.CreateAsync(new StepperEmulator(TimeProvider.System), symlink);
        await using var focuser = Make(symlink);
        await focuser.SetConnectedAsync(true);
        await focuser.MoveAsync(50_000);
        Assert.True(await focuser.IsMovingAsync());
        await port.UnplugAsync();
        await UntilAsync(async () => !await focuser.ConnectedAsync());
        Assert.Equal(AlpacaError.NotConnected, (await FocuserScene.FailureOf(() => focuser.IsMovingAsync())).Error);
        await port.PlugInAsync();
        await UntilAsync(async () => await focuser.ConnectedAsync());
        Assert.Equal(DriverError.Removed, (await FocuserScene.FailureOf(() => focuser.IsMovingAsync())).Number);
        Assert.InRange(await focuser.PositionAsync(), 10_000, 50_000);
    }

    [Fact]
    public async Task A_hundred_connections_leave_no_descriptor_behind()
    {
        await using var port = await PtyPort.CreateAsync(new StepperEmulator(TimeProvider.System));
        await using var focuser = Make(port.Name);
        for (var i = 0; i < 100; i++)
        {
            await focuser.SetConnectedAsync(true);
            Assert.Equal(10_000, await focuser.PositionAsync());
            await focuser.SetConnectedAsync(false);
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries("/proc/self/fd"), fd => new FileInfo(fd).LinkTarget == port.Name);
    }

    [Fact]
    public async Task A_second_device_on_the_same_port_is_told_that_it_is_in_use()
    {
        await using var port = await PtyPort.CreateAsync(new StepperEmulator(TimeProvider.System));
        await using var first = Make(port.Name);
        await using var second = Make(port.Name);
        await first.SetConnectedAsync(true);
        Assert.Contains("another program is using this port", (await FocuserScene.FailureOf(() => second.SetConnectedAsync(true))).Message, StringComparison.Ordinal);
        Assert.Equal(10_000, await first.PositionAsync());
    }

    private static StepperFocuser Make(string port) => new(new StepperOptions { Port = port }, FocuserScene.Context(new LinkFactory(), TimeProvider.System));

    private static async Task UntilAsync(Func<ValueTask<bool>> happens)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await happens())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < s_patience, "It did not happen.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
