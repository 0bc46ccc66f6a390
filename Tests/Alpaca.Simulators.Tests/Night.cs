using Alpaca.Astronomy.Clocks;
using Alpaca.Contract;

namespace Alpaca.Simulators.Tests;

/// <summary>A simulated observatory on a virtual clock, in a moonless night at Mauna Loa.</summary>
internal static class Night
{
    /// <summary>Midnight in Hawaii, new Moon.</summary>
    public static readonly DateTimeOffset Midnight = new(2026, 11, 9, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Runs a scene with every device connected.</summary>
    public static void Run(Func<SimulatedObservatory, VirtualClock, Task> scene, SimulationOptions? options = null, DateTimeOffset? at = null)
    {
        var clock = new VirtualClock(at ?? Midnight, TimeSpan.FromDays(2));
        clock.Run(async () =>
        {
            var observatory = new SimulatedObservatory(options ?? new SimulationOptions(), clock);
            foreach (var device in observatory.Devices)
                await device.SetConnectedAsync(true);
            await scene(observatory, clock);
        });
        Assert.Null(clock.FirstStray);
    }

    public static Task Pass(this TimeProvider clock, double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), clock);

    /// <summary>Unparks, tracks and slews to an hour angle and declination.</summary>
    public static async Task PointAsync(this ITelescope telescope, double hourAngle, double declination)
    {
        await telescope.UnparkAsync();
        await telescope.SetTrackingAsync(true);
        var rightAscension = (await telescope.SiderealTimeAsync() - hourAngle + 24) % 24;
        await telescope.SlewToCoordinatesAsync(rightAscension, declination);
    }

    /// <summary>Takes a picture and waits for it.</summary>
    public static async Task<ImageArray> ExposeAsync(this ICamera camera, TimeProvider clock, double seconds, bool light = true)
    {
        await camera.StartExposureAsync(seconds, light);
        while (!await camera.ImageReadyAsync())
            await clock.Pass(0.1);
        return await camera.ImageArrayAsync();
    }

    public static async Task<AlpacaError> ErrorOf(Func<ValueTask> call)
    {
        try
        {
            await call();
            return AlpacaError.None;
        }
        catch (AlpacaException e)
        {
            return e.Error;
        }
    }

    public static Task<AlpacaError> ErrorOf<T>(Func<ValueTask<T>> call) => ErrorOf(async () => { await call(); });
}
