using System.Diagnostics;
using System.Text;

namespace Alpaca.Server.Tests;

/// <summary>The real executable in a process of its own, on free ports and in a state directory of its own.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _folder;
    private readonly Task<string> _errors;

    private readonly StringBuilder _log = new();
    private readonly SemaphoreSlim _logged = new(0);

    private RunningServer(Process process, string folder)
    {
        (_process, _folder) = (process, folder);
        _errors = ReadLogAsync();
    }

    public Uri Address { get; private set; } = null!;

    public string FirstLine { get; private set; } = "";

    public Task<string> Errors => _errors;

    /// <summary>Starts the server and waits for its first line, or for its end.</summary>
    public static Task<RunningServer> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <inheritdoc cref="StartAsync(string[])"/>
    public static async Task<RunningServer> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("alpaca-server-").FullName;
        // Started with nohup or in the background, the tests themselves ignore some signals, and a child would inherit that; env undoes it and becomes the server.
        var env = OperatingSystem.IsLinux();
        var start = new ProcessStartInfo(env ? "env" : "dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        foreach (var word in env ? (string[])["--default-signal=HUP", "--default-signal=INT", "dotnet"] : [])
            start.ArgumentList.Add(word);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "alpaca-server.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["XDG_STATE_HOME"] = folder;
        start.Environment["XDG_CONFIG_HOME"] = folder;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var server = new RunningServer(Process.Start(start)!, folder);
        using var deadline = new CancellationTokenSource(Deadline);
        server.FirstLine = await server._process.StandardOutput.ReadLineAsync(deadline.Token) ?? "";
        const string Ready = "listening on ";
        if (server.FirstLine.StartsWith(Ready, StringComparison.Ordinal))
            server.Address = new Uri(server.FirstLine[Ready.Length..]);
        return server;
    }

    /// <summary>Sends a signal.</summary>
    public async Task SendSignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the server has logged a text.</summary>
    public async Task LoggedAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            lock (_log)
            {
                if (_log.ToString().Contains(text, StringComparison.Ordinal))
                    return;
            }

            await _logged.WaitAsync(deadline.Token);
        }
    }

    /// <summary>Sends a signal and waits for the end, a minute at most.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> SignalAsync(string signal)
    {
        await SendSignalAsync(signal);
        return await ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _errors;
        _process.Dispose();
        _logged.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> ReadLogAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_log)
                _log.Append(line).Append('\n');
            _logged.Release();
        }

        return _log.ToString();
    }
}
