using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Drivers.Astrohaven;
using Alpaca.Drivers.Tests.IOptron;
using Emulators.Astrohaven;
using Emulators.Kit;
using Microsoft.Extensions.Logging;

namespace Alpaca.Drivers.Tests.Astrohaven;

/// <summary>A dome's driver and its emulated controller on one virtual clock, with the cable between them.</summary>
internal sealed class DomeScene
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private DomeScene(VirtualClock clock, AstrohavenOptions options)
    {
        Clock = clock;
        Emulator = new AstrohavenEmulator(clock);
        Port = new MemoryPort(Emulator, clock, "dome-port").OfferTo(Links);
        Dome = Make(options);
    }

    public VirtualClock Clock { get; }

    public AstrohavenEmulator Emulator { get; }

    public MemoryPort Port { get; }

    public LinkFactory Links { get; } = new();

    public AstrohavenDome Dome { get; private set; }

    public LogRecorder Log { get; } = new();

    public bool IsClosed => Emulator is { A: 0, B: 0 };

    public bool IsOpen => Emulator is { A: AstrohavenEmulator.FullyOpen, B: AstrohavenEmulator.FullyOpen };

    /// <summary>Runs a test with the dome connected.</summary>
    public static void Run(Func<DomeScene, Task> play, Func<AstrohavenOptions, AstrohavenOptions>? options = null, Action<DomeScene>? prepare = null)
    {
        var clock = new VirtualClock(s_start, TimeSpan.FromHours(30));
        clock.Run(async () =>
        {
            var scene = new DomeScene(clock, (options ?? (o => o))(new AstrohavenOptions { Port = "dome-port" }));
            prepare?.Invoke(scene);
            await scene.Dome.SetConnectedAsync(true);
            await play(scene);
            await scene.Dome.SetConnectedAsync(false);
        });
        Assert.Null(clock.FirstStray);
    }

    /// <summary>Another instance of the driver, as after a restart of the server.</summary>
    public AstrohavenDome Make(AstrohavenOptions options) => Dome = new(
        options,
        new DriverContext(new DeviceIdentity("Dome", "Astrohaven", "id", "driver", "0.1"), Clock, new LoggerFactory([Log])) { Links = Links });

    public Task Pass(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Clock);

    /// <summary>Waits for a motion to end, as a client does; throws what the dome says of it.</summary>
    public async Task UntilStillAsync(double within = 200)
    {
        var begun = Clock.GetUtcNow();
        while (await Dome.SlewingAsync())
        {
            Assert.True(Clock.GetUtcNow() - begun < TimeSpan.FromSeconds(within), "It still moves.");
            await Pass(0.25);
        }
    }

    public async Task OpenAsync()
    {
        await Dome.OpenShutterAsync();
        await UntilStillAsync();
        Assert.True(IsOpen);
    }

    /// <summary>Lets time pass without a client that asks anything, until the mechanics are as expected.</summary>
    public async Task UntilAsync(Func<bool> happened, double within)
    {
        var begun = Clock.GetUtcNow();
        while (!happened())
        {
            Assert.True(Clock.GetUtcNow() - begun < TimeSpan.FromSeconds(within), $"Not within {within} s: leaves at {Emulator.A} and {Emulator.B}.");
            await Pass(0.5);
        }
    }

    public static Task<AlpacaException> FailureOf(Func<ValueTask> call) => Assert.ThrowsAsync<AlpacaException>(async () => await call());

    public static Task<AlpacaException> FailureOf<T>(Func<ValueTask<T>> call) => Assert.ThrowsAsync<AlpacaException>(async () => await call());
}
