using System.Text.Json;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>ClientID and ClientTransactionID: absent, mis-cased, and everything that is no unsigned 32-bit integer.</summary>
internal sealed class ClientIdCheck : DeviceCheck
{
    private static readonly string[] s_bad = ["", "     ", "-67890", "qweqwe", "4294967296", "99999999999999999999", "1.5"];

    public override string Name => "client ids";

    public override Stage Stage => Stage.Disconnected;

    public override Task RunAsync(Device device, CancellationToken cancel) =>
        device.ForEachAsync(o => o.Member is not ("connect" or "connected" or "disconnect") || o.IsGet, async operation =>
        {
            var good = Device.Good(operation);
            await EchoAsync(device, operation, good, 0, cancel);
            await EchoAsync(device, operation, [.. good, ("ClientTransactionID", "4294967295")], uint.MaxValue, cancel);
            await EchoAsync(device, operation, [.. good, ("ClientID", "0"), ("ClientTransactionID", "0")], 0, cancel);
            await CaseAsync(device, operation, good, cancel);
            foreach (var bad in s_bad)
            {
                await RefusedAsync(device, operation, [.. good, ("ClientID", bad), ("ClientTransactionID", "67890")], 67890, cancel);
                await RefusedAsync(device, operation, [.. good, ("ClientID", "123456"), ("ClientTransactionID", bad)], 0, cancel);
            }
        });

    private static async Task EchoAsync(Device device, Operation operation, IReadOnlyList<(string, string)> parameters, uint echo, CancellationToken cancel)
    {
        var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), parameters);
        ReplyJudge.Judge(device, operation, sent, await device.SendAsync(operation, sent, cancel), echo);
    }

    private static async Task CaseAsync(Device device, Operation operation, IReadOnlyList<(string, string)> good, CancellationToken cancel)
    {
        var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), [("clientid", "123456"), ("clienttransactionid", "67890"), .. good]);
        var reply = await device.SendAsync(operation, sent, cancel);
        var expected = operation.IsGet ? 67890u : 0;
        if (reply.Status != 200 || Echo(reply) != expected)
            device.Find(Rules.ClientIdCase, operation.ToString(), sent, $"HTTP 200 with ClientTransactionID {expected}", reply);
    }

    private static async Task RefusedAsync(Device device, Operation operation, IReadOnlyList<(string, string)> parameters, uint echo, CancellationToken cancel)
    {
        var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), parameters);
        var reply = await device.SendAsync(operation, sent, cancel);
        if (reply.Status == 400 || (reply.Status == 200 && reply.ErrorNumber == Standard.InvalidValue && Echo(reply) == echo))
            return;
        // To carry the request out all the same is allowed, to make up a transaction is not.
        var rule = reply.Status == 200 && Echo(reply) != echo ? Rules.TransactionEcho : reply.Status == 200 ? Rules.ClientIds : Rules.Answer;
        device.Find(rule, operation.ToString(), sent, $"HTTP 400, or error 0x401 with ClientTransactionID {echo}", reply);
    }

    private static long? Echo(Reply reply) =>
        reply.Json is { } json && json.TryGetProperty("ClientTransactionID", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;
}
