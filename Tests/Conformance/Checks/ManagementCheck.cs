using System.Text.Json;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>The management API, and the list of devices it gives.</summary>
internal sealed class ManagementCheck(Probe probe, ConformanceReport report)
{
    private const string Server = "server";
    private const string Versions = "/management/apiversions";
    private const string Description = "/management/v1/description";
    private const string ConfiguredDevices = "/management/v1/configureddevices";

    /// <summary>Checks the server, and returns its devices; null if it does not give a list.</summary>
    public async Task<IReadOnlyList<(string Type, uint Number)>?> RunAsync(CancellationToken cancel)
    {
        var versions = await AskAsync(Versions, ValueKind.IntegerList, cancel);
        if (versions.Reply.Value is { ValueKind: JsonValueKind.Array } list && !list.EnumerateArray().Any(v => v.ValueKind == JsonValueKind.Number && v.GetRawText() == "1"))
            Find(Rules.ManagementValue, versions.Sent, "an array with 1 in it", versions.Reply);
        var description = await AskAsync(Description, null, cancel);
        foreach (var key in (string[])["ServerName", "Manufacturer", "ManufacturerVersion", "Location"])
        {
            if (description.Reply.Value is not { ValueKind: JsonValueKind.Object } server || !server.TryGetProperty(key, out var text) || text.ValueKind != JsonValueKind.String)
                Find(Rules.ManagementValue, description.Sent, $"{key} as a string", description.Reply);
        }

        var devices = await AskAsync(ConfiguredDevices, ValueKind.ObjectList, cancel);
        await WrongAsync(cancel);
        return devices.Reply.Value is { ValueKind: JsonValueKind.Array } array ? await DevicesAsync(devices.Sent, devices.Reply, array, cancel) : null;
    }

    private async Task<IReadOnlyList<(string Type, uint Number)>> DevicesAsync(Sent sent, Reply reply, JsonElement array, CancellationToken cancel)
    {
        var found = new List<(string Type, uint Number)>();
        var ids = new HashSet<string>();
        foreach (var device in array.EnumerateArray())
        {
            if (Text(device, "DeviceName") is not { Length: > 0 } || Text(device, "DeviceType") is not { } type || !device.TryGetProperty("DeviceNumber", out var number)
                || number.ValueKind != JsonValueKind.Number || !number.TryGetUInt32(out var index))
            {
                Find(Rules.ManagementValue, sent, "DeviceName and DeviceType (strings), DeviceNumber (integer) and UniqueID for each device", device.GetRawText());
                continue;
            }

            if (Text(device, "UniqueID") is not { Length: >= 8 } id || !ids.Add(id))
                Find(Rules.UniqueIds, sent, "an id of 8 characters or more that no other device has", device.GetRawText());
            var path = type.ToLowerInvariant();
            if (!Standard.Knows(path))
            {
                report.Omit($"{path}/{index}", "all", $"{type} is no type of the standard that this program knows");
                continue;
            }

            if (type != Standard.NameOf(path))
                Find(Rules.ManagementValue, sent, $"DeviceType {Standard.NameOf(path)}", device.GetRawText());
            if (found.Contains((path, index)))
                Find(Rules.DeviceNumbers, sent, "each type and number once", reply);
            else
                found.Add((path, index));
        }

        foreach (var (type, number) in found)
            await ServedAsync(type, number, cancel);
        foreach (var type in OfficialApi.DeviceTypes)
            await NotServedAsync(type, found.Where(d => d.Type == type).Select(d => d.Number + 1).DefaultIfEmpty(0u).Max(), cancel);
        return found;
    }

    private async Task ServedAsync(string type, uint number, CancellationToken cancel)
    {
        var (sent, reply) = await SendAsync("GET", $"/api/v1/{type}/{number}/name", cancel);
        if (reply.Status != 200)
            Find(Rules.DeviceNumbers, sent, $"the name of {type}/{number}, which is in the list of devices", reply);
    }

    private async Task NotServedAsync(string type, uint number, CancellationToken cancel)
    {
        var (sent, reply) = await SendAsync("GET", $"/api/v1/{type}/{number}/name", cancel);
        if (reply.Status is < 400 or > 499)
            Find(Rules.DeviceNumbers, sent, $"HTTP 4xx: {type}/{number} is not in the list of devices", reply);
    }

    private async Task WrongAsync(CancellationToken cancel)
    {
        foreach (var path in (string[])["/Management/apiversions", "/management/v1/Description", "/management/v2/description", "/management/v1/configureddevicesx"])
        {
            var (sent, reply) = await SendAsync("GET", path, cancel);
            if (reply.Status is < 400 or > 499)
                Find(Rules.UnknownPath, sent, "HTTP 404", reply);
        }

        foreach (var verb in (string[])["PUT", "POST", "DELETE"])
        {
            var (sent, reply) = await SendAsync(verb, ConfiguredDevices, cancel);
            if (reply.Status is < 400 or > 499)
                Find(Rules.WrongVerb, sent, "HTTP 405", reply);
        }
    }

    private async Task<(Sent Sent, Reply Reply)> AskAsync(string path, ValueKind? kind, CancellationToken cancel)
    {
        var transaction = probe.NextTransaction();
        var sent = Sent.Of("GET", path, Device.Ids(transaction));
        var reply = await probe.SendAsync(sent, cancel);
        var json = reply.Json;

        // Management replies have no error number in the standard; those that send one must send it right.
        if (reply.Status != 200 || json is not { } root || !root.TryGetProperty("Value", out _))
        {
            Find(Rules.ManagementValue, sent, "HTTP 200 with a JSON object that has a Value", reply);
            return (sent, reply);
        }

        if (root.TryGetProperty("ErrorNumber", out _))
            ReplyJudge.Judge((rule, expected, got) => report.Add(new Finding(rule, Server, path, probe.ToCurl(sent), expected, got)), kind, isGet: true, reply, transaction);
        else if (!root.TryGetProperty("ClientTransactionID", out var echo) || echo.GetRawText() != $"{transaction}")
            Find(Rules.TransactionEcho, sent, $"ClientTransactionID {transaction}", reply);
        return (sent, reply);
    }

    private async Task<(Sent Sent, Reply Reply)> SendAsync(string verb, string path, CancellationToken cancel)
    {
        var sent = Sent.Of(verb, path, Device.Ids(probe.NextTransaction()));
        return (sent, await probe.SendAsync(sent, cancel));
    }

    private void Find(Rule rule, Sent sent, string expected, Reply reply) => Find(rule, sent, expected, reply.ToString());

    private void Find(Rule rule, Sent sent, string expected, string got) => report.Add(new Finding(rule, Server, sent.Path, probe.ToCurl(sent), expected, got));

    private static string? Text(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
