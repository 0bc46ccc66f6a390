using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Emulators.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alpaca.Devices.Tests.Sample;

/// <summary>The Stepper focuser on its emulator, on virtual time: minutes of motion take milliseconds, and every run is the same.</summary>
public sealed class StepperTests
{
    [Fact]
    public void A_move_ends_where_it_should() => Run(async (focuser, _, clock) =>
    {
        await focuser.MoveAsync(12_000);
        Assert.True(await focuser.IsMovingAsync());
        while (await focuser.IsMovingAsync())
            await Task.Delay(TimeSpan.FromSeconds(0.1), clock);
        Assert.Equal(12_000, await focuser.PositionAsync());
    });

    [Fact]
    public void A_stuck_motor_is_a_failed_move() => Run(async (focuser, emulator, clock) =>
    {
        emulator.StuckAt = 10_000;
        await focuser.MoveAsync(12_000);
        await Task.Delay(TimeSpan.FromSeconds(10), clock);
        var failure = await Assert.ThrowsAsync<AlpacaException>(async () => await focuser.IsMovingAsync());
        Assert.Contains("stopped at 10000 instead of 12000", failure.Message, StringComparison.Ordinal);
    });

    private static void Run(Func<StepperFocuser, StepperEmulator, TimeProvider, Task> play)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(1));
        clock.Run(async () =>
        {
            var links = new LinkFactory();
            var emulator = new StepperEmulator(clock);
            await using var port = new MemoryPort(emulator, clock, "focuser-port").OfferTo(links);
            var context = new DriverContext(new DeviceIdentity("Focuser", "Stepper", "id-1", "test", "1.0"), clock, NullLoggerFactory.Instance) { Links = links };
            var focuser = new StepperFocuser(new StepperOptions { Port = "focuser-port" }, context);
            await focuser.SetConnectedAsync(true);
            await play(focuser, emulator, clock);
            await focuser.SetConnectedAsync(false);
        });
        Assert.Null(clock.FirstStray);
    }
}
