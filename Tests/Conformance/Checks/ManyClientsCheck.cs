using System.Collections.Concurrent;
using System.Text.Json;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>Thirty-two clients read everything at once: every reply belongs to its request.</summary>
internal sealed class ManyClientsCheck : DeviceCheck
{
    private const int Clients = 32;

    public override string Name => "many clients";

    public override Stage Stage => Stage.Connected;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        var operations = device.Operations.Where(o => o.IsGet && o.Returns != ValueKind.Image).ToArray();
        var seen = new ConcurrentDictionary<long, string>();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => BeClientAsync(device, client, operations, seen, cancel)));
    }

    private static async Task BeClientAsync(Device device, int client, Operation[] operations, ConcurrentDictionary<long, string> seen, CancellationToken cancel)
    {
        // Each client starts at another member, so that different requests meet.
        for (var i = 0; i < operations.Length; i++)
        {
            var operation = operations[(i + client) % operations.Length];
            var transaction = device.Probe.NextTransaction();
            var sent = Sent.Of("GET", device.PathOf(operation.Member), [.. Device.Good(operation), .. Device.Ids(transaction)]);
            var reply = await device.Probe.SendAsync(sent, cancel);
            var isRight = ReplyJudge.Judge(
                (rule, expected, got) =>
                {
                    // What is wrong with the form is found when one client asks.
                    if (rule == Rules.Answer || rule == Rules.TransactionEcho || rule == Rules.ValueType)
                        device.Find(Rules.ManyClients, operation.ToString(), sent, $"{expected}, as when one client asks", got);
                },
                operation.Returns,
                isGet: true,
                reply,
                transaction);
            if (isRight && reply.Json!.Value.GetProperty("ServerTransactionID") is { ValueKind: JsonValueKind.Number } number
                && !seen.TryAdd(number.GetInt64(), operation.Member))
                device.Find(Rules.ServerTransaction, operation.ToString(), sent, "a ServerTransactionID of its own", reply);
        }
    }
}
