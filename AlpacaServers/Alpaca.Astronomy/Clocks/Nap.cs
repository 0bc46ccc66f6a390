using System.Runtime.InteropServices;

namespace Alpaca.Astronomy.Clocks;

/// <summary>Waits shorter than the millisecond that the framework's waits are made of, without burning a core.</summary>
internal static partial class Nap
{
    /// <summary>Waits for about <paramref name="nanoseconds"/> (below one second) of real time.</summary>
    public static void For(long nanoseconds)
    {
        if (!OperatingSystem.IsLinux())
        {
            Thread.Yield();
            return;
        }
        var request = new Timespec { Nanoseconds = (nint)nanoseconds };
        _ = NanoSleep(in request, 0);
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in Timespec request, nint remaining);

    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
