using System.CommandLine;
using System.Text;
using Alpaca.Hosting;
using Alpaca.Hosting.Tests.Devices;
using Benchmarks.Measuring;

namespace Benchmarks.Server;

/// <summary><c>server</c>: small requests against a bare Kestrel endpoint, how their cost grows, and the start of the server program.</summary>
internal static class ServerCommand
{
    private const string ReplyType = "application/json; charset=utf-8";
    private const int Requests = 4000;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "how often each case has its turn", DefaultValueFactory = _ => 15 };
        var noStart = new Option<bool>("--no-start") { Description = "leave out the start of alpaca-server" };
        var command = new Command("server", "Small requests against bare Kestrel, growth with connections and devices, allocations, start-up and memory.") { rounds, noStart };
        command.SetAction(async (result, cancel) =>
        {
            var report = new Report("server");
            report.Begin();
            await RequestsAsync(report, result.GetValue(rounds), cancel);
            if (!result.GetValue(noStart))
                await ProgramStart.MeasureAsync(report, Math.Min(7, result.GetValue(rounds)), cancel);
            return await report.EndAsync(cancel);
        });
        return command;
    }

    private static async Task RequestsAsync(Report report, int rounds, CancellationToken cancel)
    {
        var reply = Encoding.ASCII.GetBytes("""{"Value":12345,"ClientTransactionID":7,"ServerTransactionID":123456,"ErrorNumber":0,"ErrorMessage":""}""");
        await using var bare = await BareKestrel.StartAsync(reply, ReplyType);
        foreach (var devices in (int[])[1, 10, 100])
        {
            var registry = new DeviceRegistry();
            for (var i = 0; i < devices; i++)
                registry.Add(new TestFocuser(), $"focuser {i}", $"focuser-{i}");
            await using var host = new AlpacaHost(new AlpacaHostOptions { Port = 0 }, registry);
            await host.StartAsync(cancel);

            // The last device is the one that is found last.
            var get = RawClient.Get($"/api/v1/focuser/{devices - 1}/position?ClientID=42&ClientTransactionID=7");
            foreach (var connections in devices == 1 ? (int[])[1, 16, 256] : [16])
            {
                var seconds = await Contest.RunAsync(
                    rounds,
                    () => LoadAsync(host.Address.Port, get, connections),
                    () => LoadAsync(bare.Port, get, connections));
                report.Speed(
                    $"GET position, {connections} connection(s), {devices} device(s)", "bare Kestrel", seconds[0], seconds[1], devices == 1 && connections <= 16 ? 0.9 : null);
            }

            if (devices == 1)
                Allocations(report, host.Address.Port, bare.Port, get);
        }
    }

    /// <summary>The seconds that a fixed number of requests take, all connections together.</summary>
    private static async Task<double> LoadAsync(int port, byte[] request, int connections)
    {
        var clients = Enumerable.Range(0, connections).Select(_ => new RawClient(port, request)).ToList();
        try
        {
            await Task.WhenAll(clients.Select(client => client.ExchangeAsync().AsTask()));
            var begun = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(clients.Select(client => RepeatAsync(client, Requests / connections)));
            return TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private static async Task RepeatAsync(RawClient client, int count)
    {
        for (var i = 0; i < count; i++)
            await client.ExchangeAsync();
    }

    private static void Allocations(Report report, int alpaca, int bare, byte[] get)
    {
        using var alpacaClient = new RawClient(alpaca, get);
        using var bareClient = new RawClient(bare, get);
        var both = new[] { PerRequest(bareClient), PerRequest(alpacaClient), PerRequest(bareClient), PerRequest(alpacaClient) };
        report.Figure("allocated per GET, bare Kestrel", "bytes", [both[0], both[2]]);
        report.Figure("allocated per GET, beyond bare Kestrel's", "bytes", [both[1] - both[0], both[3] - both[2]], 8);
    }

    private static double PerRequest(RawClient client)
    {
        for (var i = 0; i < 1000; i++)
            client.Exchange();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < 10_000; i++)
            client.Exchange();
        return (GC.GetTotalAllocatedBytes(precise: true) - before) / 10_000.0;
    }
}
