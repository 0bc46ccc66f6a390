using System.Diagnostics;
using System.Globalization;

namespace Sequencer.App.Night;

/// <summary>The emulators of a night, each a process of its own, as the hardware they stand for would be. They end when this program does, however that happens.</summary>
internal sealed class EmulatorProcesses : IAsyncDisposable
{
    private static readonly TimeSpan _startDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(5);
    private readonly List<Process> _processes = [];

    /// <summary>Starts the plan's emulators, and waits until each of them listens.</summary>
    /// <exception cref="NightException">One did not start; the message says where it tells why.</exception>
    public static async Task<EmulatorProcesses> StartAsync(NightPlan plan, int seed, CancellationToken cancel)
    {
        var started = new EmulatorProcesses();
        try
        {
            foreach (var (hardware, truthPort) in plan.Hardware)
                await started.StartAsync(plan, hardware, truthPort, seed, cancel);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            // Closing its standard input is the order to end; killing is for one that does not obey.
            process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(_stopDeadline);
            try
            {
                await process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }

    private static string FindProgram()
    {
        var program = Environment.GetEnvironmentVariable("ALPACA_EMULATORS") ?? Path.Combine(AppContext.BaseDirectory, "emulators");
        return File.Exists(program)
            ? program
            : throw new NightException($"The emulators are not at {program}. Start the night with ./alpaca night, or set ALPACA_EMULATORS to where the program \"emulators\" is.");
    }

    private async Task StartAsync(NightPlan plan, EmulatedHardware hardware, int truthPort, int seed, CancellationToken cancel)
    {
        // A session of its own: the terminal's Ctrl-C must not switch the mount off before it is parked.
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            FindProgram(), hardware.Emulator, "--link", plan.PortOf(hardware), "--clock", plan.ClockFile, "--truth", truthPort.ToString(CultureInfo.InvariantCulture),
            "--seed", seed.ToString(CultureInfo.InvariantCulture), "--until-stdin-closes",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = TextWriter.Synchronized(new StreamWriter(plan.LogOf(hardware), append: true) { AutoFlush = true });
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) =>
            ready.TrySetException(new NightException($"The emulator {hardware.Emulator} ended at once; {plan.LogOf(hardware)} says why."));
        void Take(string? line)
        {
            if (line is null)
                return;
            log.WriteLine(line);
            if (line.StartsWith("listening on ", StringComparison.Ordinal))
                ready.TrySetResult();
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.Start();
        _processes.Add(process);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await ready.Task.WaitAsync(_startDeadline, TimeProvider.System, cancel);
        }
        catch (TimeoutException)
        {
            throw new NightException($"The emulator {hardware.Emulator} did not start within {_startDeadline.TotalSeconds:0} s; see {plan.LogOf(hardware)}.");
        }
    }
}
