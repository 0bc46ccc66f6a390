using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Streams;

/// <summary>
/// The original readers, run by Python over the same files just after ours, where they are at hand: a folder from which <c>hipercam</c>
/// (and <c>tkp</c>) can be imported.
/// </summary>
internal sealed class OriginalReaders
{
    private const string Prepare = "import sys,time,warnings; sys.path.insert(0, sys.argv[1]); warnings.simplefilter('ignore')\n";

    private const string ReadRun = Prepare + """
        from hipercam import spooler
        source, run, size, length = sys.argv[2], sys.argv[3], float(sys.argv[4]), float(sys.argv[5])
        best, end = 0, time.perf_counter() + length
        while best == 0 or time.perf_counter() < end:
            begun, frames = time.process_time(), 0
            with spooler.data_source(source, run) as data:
                for frame in data:
                    frames += 1
            best = max(best, frames * size / (time.process_time() - begun))
        print(best)
        """;

    private const string ReadWindow = Prepare + """
        from tkp import stream
        window, length = open(sys.argv[2], 'rb').read(), float(sys.argv[3])
        class Socket:
            def __init__(self): self.position = 0
            def recv(self, count):
                piece = window[self.position:self.position + min(count, 1 << 18)]
                self.position += len(piece)
                return piece
        best, end = 0, time.perf_counter() + length
        while best == 0 or time.perf_counter() < end:
            begun = time.process_time()
            stream.reconstruct_fits(*stream.read_window(Socket()))
            best = max(best, len(window) / (time.process_time() - begun))
        print(best)
        """;

    private readonly string _folder;

    private OriginalReaders(string folder) => _folder = folder;

    /// <summary>The readers, or null and why there are none.</summary>
    public static OriginalReaders? Find(string? folder, out string reason)
    {
        reason = "the originals were not given (--original FOLDER)";
        if (folder is null)
            return null;
        var (code, _, error) = Run("import sys; sys.path.insert(0, sys.argv[1]); from hipercam import spooler", folder);
        reason = $"the originals cannot be run: {error.Trim().Split('\n')[^1]}";
        return code == 0 ? new OriginalReaders(folder) : null;
    }

    /// <summary>10^6 bytes per second of processor time of reading a whole run; 0 when the original cannot.</summary>
    public double Runs(string source, string run, int frameBytes, TimeSpan length) =>
        Rate(Run(ReadRun, _folder, source, run, Text(frameBytes), Text(length.TotalSeconds)));

    /// <summary>The same for one AARTFAAC window, read and rebuilt from memory.</summary>
    public double Windows(string file, TimeSpan length) => Rate(Run(ReadWindow, _folder, file, Text(length.TotalSeconds)));

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Rate((int Code, string Output, string Error) run) =>
        run.Code == 0 && double.TryParse(run.Output, CultureInfo.InvariantCulture, out var bytes) ? bytes / 1e6 : 0;

    private static (int Code, string Output, string Error) Run(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("PYTHON") ?? "python3", ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var python = Process.Start(start)!;
            var error = python.StandardError.ReadToEndAsync();
            var output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return (-1, "", failure.Message);
        }
    }
}
