using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Drivers.IOptron;
using Emulators.IOptron;
using Emulators.Kit;
using Microsoft.Extensions.Logging;

namespace Alpaca.Drivers.Tests.IOptron;

/// <summary>A driver and an emulated mount on one virtual clock, with the cable between them.</summary>
internal sealed class MountBench
{
    public const double Latitude = 19.54;
    public const double Longitude = -155.58;

    private static readonly DateTimeOffset s_start = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    public MountBench(string kind = "ioptron-cem40", Func<IOptronOptions, IOptronOptions>? options = null, Action<IOptronEmulator>? prepare = null)
    {
        Clock = new VirtualClock(s_start, TimeSpan.FromHours(30));
        Emulator = new IOptronEmulator(MountKind.All.Single(k => k.Name == kind), Clock) { ByteTime = TimeSpan.FromMilliseconds(0.1) };
        prepare?.Invoke(Emulator);
        var links = new LinkFactory();
        Port = new MemoryPort(Emulator, Clock, "test-port").OfferTo(links);
        Options = new IOptronOptions { Port = "test-port", Latitude = Latitude, Longitude = Longitude, Elevation = 3400, Horizon = 20 };
        Options = options?.Invoke(Options) ?? Options;
        Telescope = new IOptronTelescope(
            Options,
            new DriverContext(new DeviceIdentity("Mount", "iOptron", "id", "driver", "0.1"), Clock, new LoggerFactory([Log])) { Links = links });
    }

    public VirtualClock Clock { get; }

    public IOptronEmulator Emulator { get; }

    public EmulatedMount Mount => Emulator.Mount;

    public MemoryPort Port { get; }

    public IOptronOptions Options { get; }

    public IOptronTelescope Telescope { get; }

    public LogRecorder Log { get; } = new();

    /// <summary>Runs a test with the mount connected.</summary>
    public void Run(Func<Task> test) => Clock.Run(async () =>
    {
        await Telescope.SetConnectedAsync(true);
        await test();
        await Telescope.SetConnectedAsync(false);
        Assert.Equal(0, Clock.StrayPosts);
    });

    /// <summary>Unparks and tracks.</summary>
    public async Task ReadyAsync()
    {
        await Telescope.UnparkAsync();
        await Telescope.SetTrackingAsync(true);
    }

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), Clock);

    public async Task ArriveAsync(double withinSeconds = 200)
    {
        var begun = Clock.GetUtcNow();
        while (await Telescope.SlewingAsync())
        {
            Assert.True(Clock.GetUtcNow() - begun < TimeSpan.FromSeconds(withinSeconds), "It still slews.");
            await WaitAsync(0.5);
        }
    }

    /// <summary>A right ascension at an hour angle, hours.</summary>
    public async Task<double> AtHourAngleAsync(double hours)
    {
        var rightAscension = (await Telescope.SiderealTimeAsync() - hours) % 24;
        return rightAscension < 0 ? rightAscension + 24 : rightAscension;
    }

    /// <summary>The commands the mount took during something.</summary>
    public async Task<IReadOnlyList<string>> CommandsAsync(Func<Task> during)
    {
        Mount.Log.Clear();
        await during();
        return [.. Mount.Log.Where(c => c is not (":GLS#" or ":GEP#" or ":GEC#" or ":GAC#" or ":GUT#" or ":GLT#"))];
    }

    public static async Task<AlpacaException> RefusedAsync(AlpacaError error, Func<Task> act)
    {
        var refusal = await Assert.ThrowsAsync<AlpacaException>(act);
        Assert.Equal(error, refusal.Error);
        return refusal;
    }
}
