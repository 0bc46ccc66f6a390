using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>Parameters in any order, mis-cased, missing, twice, unreadable, and in the wrong place.</summary>
internal sealed class ParameterCheck : DeviceCheck
{
    public override string Name => "parameters";

    public override Stage Stage => Stage.Disconnected;

    public override Task RunAsync(Device device, CancellationToken cancel) =>
        device.ForEachAsync(o => o.Member is not ("connect" or "disconnect"), async operation =>
        {
            await OrderAsync(device, operation, cancel);
            if (operation.Parameters.Count == 0)
                return;
            await WrongPlaceAsync(device, operation, cancel);
            foreach (var parameter in operation.Parameters)
            {
                await CaseAsync(device, operation, parameter, cancel);
                await RefusedAsync(device, operation, Rules.ParameterMissing, parameter, value => null, cancel);
                await RefusedAsync(device, operation, Rules.ParameterRepeated, parameter, value => [(parameter.Name, value), (parameter.Name, Other(parameter, value))], cancel);
                if (parameter.Kind != ValueKind.String)
                {
                    foreach (var unreadable in Samples.Unreadable)
                        await RefusedAsync(device, operation, Rules.ParameterUnreadable, parameter, _ => [(parameter.Name, unreadable)], cancel);
                }
            }
        });

    public static string InvertCase(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));

    /// <summary>A value for the connection that asks for what is already so: the device is not connected.</summary>
    private static string Value(Operation operation, Parameter parameter) => operation.Member == "connected" ? "false" : Samples.Good(parameter);

    private static string Other(Parameter parameter, string value) => parameter.Kind switch
    {
        ValueKind.Boolean => value == "true" ? "false" : "true",
        ValueKind.DateTime => "2026-01-31T13:00:00.000Z",
        _ => value + "1",
    };

    private static async Task OrderAsync(Device device, Operation operation, CancellationToken cancel)
    {
        var transaction = device.Probe.NextTransaction();
        var good = operation.Parameters.Select(p => (p.Name, Value(operation, p)));
        (string, string)[] shuffled = [("ExtraParameter", "ExtraValue"), .. Device.Ids(transaction).Reverse(), .. good.Reverse()];
        var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), shuffled);
        var reply = await device.SendAsync(operation, sent, cancel);
        if (reply.Status != 200)
            device.Find(Rules.ParameterExtra, operation.ToString(), sent, "HTTP 200, as without ExtraParameter and in the usual order", reply);
    }

    private static async Task CaseAsync(Device device, Operation operation, Parameter parameter, CancellationToken cancel)
    {
        var transaction = device.Probe.NextTransaction();
        var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), [.. With(operation, parameter, v => [(InvertCase(parameter.Name), v)]), .. Device.Ids(transaction)]);
        var reply = await device.SendAsync(operation, sent, cancel);
        if (operation.IsGet && reply.Status != 200)
            device.Find(Rules.GetParameterCase, operation.ToString(), sent, $"HTTP 200, as with {parameter.Name}", reply);
        else if (!operation.IsGet && reply.Status != 400)
            device.Find(Rules.PutParameterCase, operation.ToString(), sent, $"HTTP 400: {parameter.Name} is missing", reply);
    }

    private static async Task RefusedAsync(
        Device device,
        Operation operation,
        Rule rule,
        Parameter parameter,
        Func<string, IReadOnlyList<(string, string)>?> replace,
        CancellationToken cancel)
    {
        var transaction = device.Probe.NextTransaction();
        var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), [.. With(operation, parameter, replace), .. Device.Ids(transaction)]);
        var reply = await device.SendAsync(operation, sent, cancel);
        var isRefused = reply.Status == 400 || (rule == Rules.ParameterUnreadable && reply.Status == 200 && reply.ErrorNumber == Standard.InvalidValue);
        if (!isRefused)
            device.Find(rule, operation.ToString(), sent, $"HTTP 400 that names {parameter.Name}", reply);
    }

    private static async Task WrongPlaceAsync(Device device, Operation operation, CancellationToken cancel)
    {
        (string, string)[] parameters = [.. operation.Parameters.Select(p => (p.Name, Value(operation, p))), .. Device.Ids(device.Probe.NextTransaction())];
        var sent = operation.IsGet
            ? new Sent("GET", device.PathOf(operation.Member)) { Form = parameters }
            : new Sent("PUT", device.PathOf(operation.Member)) { Query = parameters, Form = [] };
        var reply = await device.SendAsync(operation, sent, cancel);
        if (reply.Status != 400)
            device.Find(Rules.ParameterPlace, operation.ToString(), sent, $"HTTP 400: {operation.Parameters[0].Name} is missing from the {(operation.IsGet ? "query string" : "form")}", reply);
    }

    private static IEnumerable<(string, string)> With(Operation operation, Parameter replaced, Func<string, IReadOnlyList<(string, string)>?> replacement) =>
        operation.Parameters.SelectMany(p => p == replaced ? replacement(Value(operation, p)) ?? [] : [(p.Name, Value(operation, p))]);
}
