using Alpaca.Astronomy.Clocks;
using Alpaca.Devices.Links;

namespace Alpaca.Devices.Tests.Links;

/// <summary>Runs a test on virtual time and checks that nothing left the loop.</summary>
internal static class Scene
{
    public static readonly DateTimeOffset Begin = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    public static readonly SerialSettings Serial = new();

    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static void Run(Func<VirtualClock, Task> scene)
    {
        var clock = new VirtualClock(Begin, TimeSpan.FromDays(2));
        clock.Run(() => scene(clock));
        Assert.Null(clock.FirstStray);
    }

    public static Task Pass(this TimeProvider clock, double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), clock);
}
