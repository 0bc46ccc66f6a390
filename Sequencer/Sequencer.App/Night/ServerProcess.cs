using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Sequencer.App.Night;

/// <summary>
/// The device server of a simulated night, as a process of its own. It lives apart from the terminal's Ctrl-C, so that the dome can still be closed
/// after it; it is started again on the same port when it dies, as a service manager would; and it ends when this program does, however that happens.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _startDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _restartDelay = TimeSpan.FromSeconds(3);
    private readonly string _program;
    private readonly string _configurationFile;
    private readonly string _clockFile;
    private readonly string _logFile;
    private readonly int _discoveryPort;
    private readonly CancellationTokenSource _stopping = new();
    private Process _process;
    private Task _supervision = Task.CompletedTask;

    private ServerProcess(string program, string configurationFile, string clockFile, string logFile, int discoveryPort)
    {
        (_program, _configurationFile, _clockFile, _logFile, _discoveryPort) = (program, configurationFile, clockFile, logFile, discoveryPort);
        _process = new Process();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>How often it had to be started again.</summary>
    public int Restarts { get; private set; }

    /// <summary>Starts the server and waits until it answers.</summary>
    /// <exception cref="NightException">It did not start; the message holds what it said.</exception>
    public static async Task<ServerProcess> StartAsync(string configurationFile, string clockFile, string logFile, int discoveryPort, CancellationToken cancel)
    {
        var server = new ServerProcess(FindProgram(), configurationFile, clockFile, logFile, discoveryPort);
        try
        {
            await server.LaunchAsync(port: 0, cancel);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        server._supervision = server.SuperviseAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _supervision;
        if (Running)
        {
            // Closing its standard input is the order to end; killing is for one that does not obey.
            _process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(_stopDeadline);
            try
            {
                await _process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
        _stopping.Dispose();
    }

    private bool Running
    {
        get
        {
            try
            {
                return !_process.HasExited;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    private static string FindProgram()
    {
        var program = Environment.GetEnvironmentVariable("ALPACA_SERVER")
            ?? Path.Combine(AppContext.BaseDirectory, "alpaca-server");
        return File.Exists(program)
            ? program
            : throw new NightException($"The device server is not at {program}. Start the night with ./alpaca night, or set ALPACA_SERVER to where alpaca-server is.");
    }

    private async Task LaunchAsync(int port, CancellationToken cancel)
    {
        // A session of its own: the terminal sends Ctrl-C to the whole foreground group, and the server must outlive it until the dome is closed.
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        string[] arguments =
        [
            _program, "--config", _configurationFile, "--clock", _clockFile, "--host", "127.0.0.1",
            "--port", port.ToString(CultureInfo.InvariantCulture),
            "--discovery-port", _discoveryPort.ToString(CultureInfo.InvariantCulture),
            "--until-stdin-closes",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        var ready = Channel.CreateUnbounded<Uri>();
        var log = TextWriter.Synchronized(new StreamWriter(_logFile, append: true) { AutoFlush = true });
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.Exited += (_, _) =>
        {
            ready.Writer.TryComplete();
            log.Dispose();
        };
        _process.ErrorDataReceived += (_, line) => Append(log, line.Data);
        _process.OutputDataReceived += (_, line) =>
        {
            Append(log, line.Data);
            const string announcement = "listening on ";
            if (line.Data?.StartsWith(announcement, StringComparison.Ordinal) == true)
                ready.Writer.TryWrite(new Uri(line.Data[announcement.Length..]));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(_startDeadline);
        try
        {
            Address = await ready.Reader.ReadAsync(deadline.Token);
        }
        catch (ChannelClosedException)
        {
            throw new NightException($"The device server ended at once; {_logFile} says why.");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new NightException($"The device server did not answer within {_startDeadline.TotalSeconds:0} s; see {_logFile}.");
        }
    }

    private static void Append(TextWriter log, string? line)
    {
        try
        {
            if (line is not null)
                log.WriteLine(line);
        }
        catch (ObjectDisposedException)
        {
            // The process ended and its log with it; what it said after that cannot be kept.
            return;
        }
    }

    private async Task SuperviseAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _process.WaitForExitAsync(_stopping.Token);
                await Task.Delay(_restartDelay, TimeProvider.System, _stopping.Token);
                Restarts++;
                await LaunchAsync(Address.Port, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (NightException e)
            {
                await File.AppendAllTextAsync(_logFile, e.Message + Environment.NewLine);
            }
        }
    }
}
