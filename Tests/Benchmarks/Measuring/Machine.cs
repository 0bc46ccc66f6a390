using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Benchmarks.Measuring;

/// <summary>The machine the figures were measured on: without it they mean nothing.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var vectors = Avx512BW.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : AdvSimd.IsSupported ? "AdvSimd" : "no wide vectors";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, {vectors}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {Load()}");
    }

    /// <summary>The repository's folder, found by walking up from the program.</summary>
    public static string Home()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Alpaca.sln")))
                return folder.FullName;
        }

        return Environment.CurrentDirectory;
    }

    private static string Processor() => FirstWord("/proc/cpuinfo", line => line.StartsWith("model name", StringComparison.Ordinal) ? line[(line.IndexOf(':') + 1)..].Trim() : null)
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string Load() => FirstWord("/proc/loadavg", line => line.Split(' ')[0]) ?? "unknown";

    private static string? FirstWord(string file, Func<string, string?> choose) => File.Exists(file) ? File.ReadLines(file).Select(choose).FirstOrDefault(word => word is not null) : null;
}
