using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DataServices.Hisparc.Tests;

/// <summary>A RabbitMQ node of the test's own: its own folder, ports on 127.0.0.1, no system service. It ends with the test.</summary>
internal sealed class Broker : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private readonly string _directory = Directory.CreateTempSubdirectory("hisparc-broker-").FullName;
    private readonly int _port = FreePort();
    private readonly int _nameService = FreePort();
    private readonly int _distribution = FreePort();
    private Process? _node;

    public static string? Program { get; } = new[] { "/usr/lib/rabbitmq/bin/rabbitmq-server" }.FirstOrDefault(File.Exists);

    public string Url => string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_port}/");

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"listeners.tcp.1 = 127.0.0.1:{_port}\ndisk_free_limit.absolute = 50MB\n"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "plugins"), "[].");
        var start = Command(Program!);

        // The scripts start the node proper as a child that keeps their number: exec all the way.
        _node = Process.Start(start)!;
        _node.OutputDataReceived += (_, _) => { };
        _node.ErrorDataReceived += (_, _) => { };
        _node.BeginOutputReadLine();
        _node.BeginErrorReadLine();
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException)
            {
                Assert.False(_node.HasExited, "the broker ended at once");
                Assert.True(TimeProvider.System.GetElapsedTime(begun) < _patience, $"the broker did not answer within {_patience.TotalSeconds} s");
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _node?.Kill(entireProcessTree: true);
        _node?.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _node?.Dispose();

        // The node starts a name service on a port of its own, which outlives it.
        using (var end = Process.Start(Command("epmd", "-kill"))!)
            end.WaitForExit();
        Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ProcessStartInfo Command(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in ((string, string)[])
        [
            ("HOME", _directory), ("RABBITMQ_NODENAME", "hisparc@localhost"), ("RABBITMQ_CONF_ENV_FILE", "/dev/null"), ("RABBITMQ_MNESIA_BASE", Path.Combine(_directory, "mnesia")),
            ("RABBITMQ_LOG_BASE", Path.Combine(_directory, "log")), ("RABBITMQ_CONFIG_FILE", Path.Combine(_directory, "rabbitmq.conf")), ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_directory, "plugins")),
            ("RABBITMQ_PID_FILE", Path.Combine(_directory, "pid")), ("ERL_EPMD_PORT", _nameService.ToString(CultureInfo.InvariantCulture)), ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_DIST_PORT", _distribution.ToString(CultureInfo.InvariantCulture)),
        ])
            start.Environment[name] = value;
        return start;
    }
}

/// <summary>Runs only where a broker can be started.</summary>
internal sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() => Skip = Broker.Program is null ? "RabbitMQ is not installed (apt-get install rabbitmq-server)" : null;
}
