using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Devices.Tests.Links;
using Alpaca.Devices.Tests.Sample;
using Emulators.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alpaca.Devices.Tests.Loop;

/// <summary>A Stepper focuser and its emulator on virtual time.</summary>
internal sealed class FocuserScene
{
    public required VirtualClock Clock { get; init; }

    public required StepperEmulator Emulator { get; init; }

    public required MemoryPort Port { get; init; }

    public required StepperFocuser Focuser { get; init; }

    public static void Run(Func<FocuserScene, Task> play) => Scene.Run(async clock =>
    {
        var links = new LinkFactory();
        var emulator = new StepperEmulator(clock);
        await using var port = new MemoryPort(emulator, clock, "focuser-port").OfferTo(links);
        var focuser = new StepperFocuser(new StepperOptions { Port = port.Name, MaxStep = 55_000 }, Context(links, clock));
        await focuser.SetConnectedAsync(true);
        await play(new() { Clock = clock, Emulator = emulator, Port = port, Focuser = focuser });
        await focuser.SetConnectedAsync(false);
    });

    public static DriverContext Context(LinkFactory links, TimeProvider clock) =>
        new(new DeviceIdentity("Focuser", "Stepper", "id", "test", "1.0"), clock, NullLoggerFactory.Instance) { Links = links };

    public Task Pass(double seconds) => Clock.Pass(seconds);

    public static async Task<AlpacaException> FailureOf(Func<ValueTask> call) => await Assert.ThrowsAsync<AlpacaException>(async () => await call());

    public static Task<AlpacaException> FailureOf<T>(Func<ValueTask<T>> call) => FailureOf(async () => { await call(); });

    /// <summary>Waits for the move to end, as a client does.</summary>
    public async Task UntilStillAsync()
    {
        while (await Focuser.IsMovingAsync())
            await Pass(0.1);
    }
}
