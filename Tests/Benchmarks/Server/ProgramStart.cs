using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Benchmarks.Measuring;

namespace Benchmarks.Server;

/// <summary>Starts <c>alpaca-server</c> with its ten simulators as a person would, and waits for the first answer.</summary>
internal static class ProgramStart
{
    public static async Task MeasureAsync(Report report, int rounds, CancellationToken cancel)
    {
        var program = Environment.GetEnvironmentVariable("ALPACA_SERVER")
            ?? Path.Combine(Machine.Home(), "AlpacaServers", "Alpaca.Server", "bin", "Release", "net10.0", "alpaca-server");
        if (!File.Exists(program))
            throw new FileNotFoundException($"{program} is not there; ./alpaca bench server builds it.", program);
        var (first, state, memory) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var folder = Directory.CreateTempSubdirectory("alpaca-start").FullName;
            var port = FreePort();
            var begun = TimeProvider.System.GetTimestamp();
            using var server = Process.Start(new ProcessStartInfo(program, ["--port", port.ToString(CultureInfo.InvariantCulture), "--discovery-port", "0", "--state", folder, "--until-stdin-closes"])
            {
                RedirectStandardOutput = true,
                RedirectStandardInput = true,
            })!;
            try
            {
                await UntilAnsweredAsync(server, port, "/api/v1/telescope/0/connected", cancel);
                first.Add(TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
                using var client = new RawClient(port, RawClient.Get("/api/v1/observingconditions/0/devicestate"));
                state.Add(Contest.Time(() => client.Exchange()));

                // What start-up leaves behind has settled by then: the catalogue is loaded, the warm-up has ended.
                await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancel);
                memory.Add(Resident(server.Id));
            }
            finally
            {
                server.StandardInput.Close();
                await server.WaitForExitAsync(cancel);
                Directory.Delete(folder, recursive: true);
            }
        }

        report.Figure("alpaca-server, ten simulators: start to first answer", "s", first, 0.5);
        report.Figure("  its first DeviceState after that", "s", state, 0.1);
        report.Figure("  resident memory at idle, 5 s later", "MB", memory, 120);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static async Task UntilAnsweredAsync(Process server, int port, string path, CancellationToken cancel)
    {
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (server.HasExited)
                throw new InvalidOperationException($"alpaca-server ended with exit code {server.ExitCode}.");
            try
            {
                using var client = new RawClient(port, RawClient.Get(path));
                client.Exchange();
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancel);
            }
        }
    }

    private static double Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
