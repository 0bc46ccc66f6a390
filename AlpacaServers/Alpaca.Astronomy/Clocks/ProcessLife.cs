using System.Diagnostics;

namespace Alpaca.Astronomy.Clocks;

/// <summary>Whether a process still runs.</summary>
internal static class ProcessLife
{
    public static bool IsAlive(int pid)
    {
        if (pid == Environment.ProcessId) return true;
        if (OperatingSystem.IsLinux())
        {
            try
            {
                // "pid (name) state ...": a zombie runs no code and holds nothing.
                var stat = File.ReadAllText($"/proc/{pid}/stat");
                return stat.AsSpan(stat.LastIndexOf(')') + 2)[0] is not ('Z' or 'X');
            }
            catch (IOException)
            {
                return false;
            }
        }
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
