using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Conformance.Report;

namespace Conformance.Tests;

/// <summary>One mistake, and what should find it.</summary>
/// <param name="Name">The mistake in words.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Device">Where it is looked for.</param>
/// <param name="Check">The check that should find it; null for those of the server itself.</param>
/// <param name="Behave">Makes the mistake.</param>
internal sealed record SeededFault(string Name, Rule Rule, string Device, string? Check, Func<Outgoing, Func<Outgoing, Task<Incoming>>, Task<Incoming>> Behave)
{
    /// <summary>For a mistake that takes real time: how the waiting is done.</summary>
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);

    public static IReadOnlyList<SeededFault> All { get; } =
    [
        new("keys in another order", Rules.ReplyOrder, "focuser/0", "readings", InReply(json => new JsonObject(json.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))))),
        new("numbers as strings", Rules.ValueType, "focuser/0", "readings", InReply(json => With(json, "Value", v => v is JsonValue n && n.GetValueKind() == System.Text.Json.JsonValueKind.Number ? n.ToJsonString() : v))),
        new("integers with a fraction", Rules.ValueType, "focuser/0", "readings", InReply("position", json => JsonNode.Parse(json.ToJsonString().Replace("\"Value\":10000", "\"Value\":10000.0", StringComparison.Ordinal)))),
        new("no ServerTransactionID", Rules.ReplyKeys, "focuser/0", "readings", InReply(json => Without(json, "ServerTransactionID"))),
        new("ServerTransactionID always 0", Rules.ServerTransaction, "focuser/0", "readings", InReply(json => With(json, "ServerTransactionID", _ => 0))),
        new("ErrorNumber inside Value", Rules.ReplyKeys, "focuser/0", "readings", InReply(json => With(Without(json, "ErrorNumber"), "Value", v => new JsonObject { ["Value"] = v?.DeepClone(), ["ErrorNumber"] = 0 }))),
        new("ErrorMessage null", Rules.ReplyTypes, "focuser/0", "readings", InReply(json => With(json, "ErrorMessage", _ => null))),
        new("a message without an error", Rules.ErrorPair, "focuser/0", "readings", InReply(json => With(json, "ErrorMessage", _ => "OK"))),
        new("the transaction id is not echoed", Rules.TransactionEcho, "focuser/0", "readings", InReply(json => With(json, "ClientTransactionID", _ => 0))),
        new("text/html", Rules.ContentType, "focuser/0", "readings", async (request, server) => await server(request) with { ContentType = "text/html" }),
        new("errors as HTTP 500", Rules.Answer, "focuser/0", "good requests", async (request, server) => await server(request) is var reply && Number(reply) != 0 && reply.Status == 200 ? reply with { Status = 500 } : reply),
        new("a page for any unknown path", Rules.UnknownPath, "focuser/0", "paths", async (request, server) => await server(request) is var reply && reply.Status is 404 ? Page : reply),
        new("POST taken as PUT", Rules.WrongVerb, "focuser/0", "paths", (request, server) => server(request.Verb == "POST" && request.Member == "halt" ? request with { Verb = "PUT" } : request)),
        new("names in forms have any case", Rules.PutParameterCase, "focuser/0", "parameters", (request, server) => server(request.Verb == "PUT" && request.Form is { } form ? request with { Form = ProperCase(form) } : request)),
        new("names in queries have one case", Rules.GetParameterCase, "switch/0", "parameters", (request, server) => server(request.Verb == "GET" ? request with { Query = request.Query.Replace("iD=", "unknown=", StringComparison.Ordinal) } : request)),
        new("PUT reads its query", Rules.ParameterPlace, "focuser/0", "parameters", (request, server) => server(request.Verb == "PUT" && request.Query.Length > 1 ? request with { Form = request.Query[1..], Query = "" } : request)),
        new("a missing parameter is zero", Rules.ParameterMissing, "focuser/0", "parameters", (request, server) => server(request is { Member: "move", Verb: "PUT", Form: { } form } && !Contains(form, "Position=") && !Contains(form, "pOSITION=") ? request with { Form = form + "&Position=0" } : request)),
        new("text is read as a number", Rules.ParameterUnreadable, "focuser/0", "parameters", (request, server) => server(request.Form is { } form ? request with { Form = form.Replace("asduio6fghZZ", "0", StringComparison.Ordinal) } : request)),
        new("the last of two values counts", Rules.ParameterRepeated, "focuser/0", "parameters", (request, server) => server(request.Form is { } form ? request with { Form = Regex.Replace(form, "^Position=[^&]*&Position=", "Position=") } : request)),
        new("a negative id is echoed", Rules.TransactionEcho, "focuser/0", "client ids", EchoNegative),
        new("not connected is not noticed", Rules.NotConnected, "focuser/0", "good requests", async (request, server) => await server(request) is var reply && Number(reply) == 0x407 ? reply.Change(json => With(With(With(json, "ErrorNumber", _ => 0), "ErrorMessage", _ => ""), "Value", v => v?.DeepClone())) : reply),
        new("out of range is clipped", Rules.OutOfRange, "telescope/0", "ranges", (request, server) => server(request.Form is { } form ? request with { Form = form.Replace("TargetDeclination=-91", "TargetDeclination=-90", StringComparison.Ordinal) } : request)),
        new("out of range is HTTP 400", Rules.OutOfRange, "switch/0", "ranges", async (request, server) => await server(request) is var reply && Number(reply) == 0x401 ? reply with { Status = 400 } : reply),
        new("DeviceState lacks an entry", Rules.DeviceState, "focuser/0", "device state", InReply("devicestate", json => With(json, "Value", v => new JsonArray([.. v!.AsArray().Where(e => (string?)e![nameof(Name)] != "IsMoving").Select(e => e!.DeepClone())])))),
        new("DeviceState misspells a name", Rules.DeviceState, "focuser/0", "device state", InReply("devicestate", json => JsonNode.Parse(json.ToJsonString().Replace("IsMoving", "isMoving", StringComparison.Ordinal)))),
        new("DeviceState is out of date", Rules.DeviceState, "focuser/0", "device state", InReply("devicestate", json => JsonNode.Parse(json.ToJsonString().Replace("10000", "9999", StringComparison.Ordinal)))),
        new("an unknown action succeeds", Rules.Actions, "focuser/0", "actions", InReply("action", json => With(With(With(json, "ErrorNumber", _ => 0), "ErrorMessage", _ => ""), "Value", _ => "done"))),
        new("an initiator waits for the end", Rules.InitiatorReturns, "focuser/0", "motions", async (request, server) => await server(request) is var reply && request.Member == "move" ? await UntilAsync(request, server, reply, moving: false) : reply),
        new("the flag is raised too late", Rules.InitiatorCompletes, "focuser/0", "motions", LateFlag()),
        new("replies get mixed up", Rules.ManyClients, "focuser/0", "many clients", MixUp()),
        new("the same transaction number twice", Rules.ServerTransaction, "focuser/0", "many clients", InReply(json => With(json, "ServerTransactionID", v => Math.Max(1, (long)v! / 2)))),
        new("disconnecting does nothing", Rules.Connecting, "focuser/0", "connection", (request, server) => server(request is { Verb: "PUT", Member: "disconnect" } ? request with { Member = "connect" } : request)),
        new("an image lies on its side", Rules.Image, "camera/0", "motions", InReply("numx", json => With(json, "Value", v => (int)v! == 64 ? 48 : v))),
        new("two devices share an id", Rules.UniqueIds, "focuser/0", null, InReply("configureddevices", json => With(json, "Value", v => new JsonArray([.. v!.AsArray().Select(e => With((JsonObject)e!.DeepClone(), "UniqueID", _ => "0123456789"))])))),
        new("a listed device is not there", Rules.DeviceNumbers, "focuser/0", null, InReply("configureddevices", json => JsonNode.Parse(json.ToJsonString().Replace("\"DeviceNumber\":0", "\"DeviceNumber\":7", StringComparison.Ordinal)))),
        new("an interface version that nobody knows", Rules.InterfaceVersion, "focuser/0", "readings", InReply("interfaceversion", json => With(json, "Value", _ => 99))),
        new("members of a later version", Rules.LaterMembers, "focuser/0", "paths", InReply("interfaceversion", json => With(json, "Value", _ => 3))),
        new("DeviceState without the time", Rules.TimeStamp, "focuser/0", "device state", InReply("devicestate", json => JsonNode.Parse(json.ToJsonString().Replace("TimeStamp", "IsMoving", StringComparison.Ordinal)))),
        new("an extra parameter is refused", Rules.ParameterExtra, "focuser/0", "parameters", async (request, server) => Contains(request.Query + request.Form, "ExtraParameter") ? new Incoming(400, "text/plain", []) : await server(request)),
        new("ids have one case", Rules.ClientIdCase, "focuser/0", "client ids", (request, server) => server(request with { Query = request.Query.Replace("clienttransactionid", "unknown", StringComparison.Ordinal) })),
        new("a bad id is taken for none", Rules.ClientIds, "focuser/0", "client ids", (request, server) => server(request with { Query = request.Query.Replace("ClientTransactionID=qweqwe", "unknown=1", StringComparison.Ordinal) })),
        new("no API version", Rules.ManagementValue, "focuser/0", null, InReply("apiversions", json => With(json, "Value", _ => new JsonArray(2)))),
        new("what it says it cannot, it does", Rules.Capability, "camera/0", "readings", InReply("cangetcoolerpower", json => With(json, "Value", _ => false))),
        new("a position beyond the end of the circle", Rules.ValueRange, "rotator/0", "readings", InReply("position", json => With(json, "Value", _ => 420.0))),
        new("a member that all have is missing", Rules.Mandatory, "focuser/0", "readings", InReply("ismoving", json => With(With(json, "ErrorNumber", _ => 0x400), "ErrorMessage", _ => "not implemented"))),
    ];

    private static Incoming Page => new(200, "text/html", "<!DOCTYPE html><title>Welcome</title>"u8.ToArray());

    public override string ToString() => Name;

    private static Func<Outgoing, Func<Outgoing, Task<Incoming>>, Task<Incoming>> InReply(Func<JsonObject, JsonNode?> change) =>
        async (request, server) => (await server(request)).Change(change);

    private static Func<Outgoing, Func<Outgoing, Task<Incoming>>, Task<Incoming>> InReply(string member, Func<JsonObject, JsonNode?> change) =>
        async (request, server) => await server(request) is var reply && request.Member == member ? reply.Change(change) : reply;

    private static JsonObject With(JsonObject json, string key, Func<JsonNode?, JsonNode?> change)
    {
        if (!json.ContainsKey(key))
            return json;
        var value = change(json[key]);
        json[key] = value == json[key] ? value?.DeepClone() : value;
        return json;
    }

    private static JsonObject Without(JsonObject json, string key)
    {
        json.Remove(key);
        return json;
    }

    private static int Number(Incoming reply) =>
        reply.Status == 200 && reply.ContentType.StartsWith("application/json", StringComparison.Ordinal) ? (int?)JsonNode.Parse(reply.Body)!["ErrorNumber"] ?? 0 : 0;

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.Ordinal);

    private static string ProperCase(string form) =>
        form.Replace("pOSITION=", "Position=", StringComparison.Ordinal).Replace("tEMPcOMP=", "TempComp=", StringComparison.Ordinal);

    private static async Task<Incoming> EchoNegative(Outgoing request, Func<Outgoing, Task<Incoming>> server)
    {
        if (!Contains(request.Query, "ClientTransactionID=-67890"))
            return await server(request);
        var reply = await server(request with { Query = request.Query.Replace("ClientTransactionID=-67890", "ClientTransactionID=1", StringComparison.Ordinal) });
        return reply.Change(json => With(json, "ClientTransactionID", _ => -67890));
    }

    /// <summary>Holds a reply back until the focuser moves, or stands.</summary>
    private static async Task<Incoming> UntilAsync(Outgoing request, Func<Outgoing, Task<Incoming>> server, Incoming reply, bool moving)
    {
        var question = new Outgoing("GET", request.Path.Replace("/move", "/ismoving", StringComparison.Ordinal), "", null, "application/json");
        while ((bool?)JsonNode.Parse((await server(question)).Body)!["Value"] != moving)
            await Task.Delay(s_poll, TimeProvider.System);
        return reply;
    }

    /// <summary>Says "not moving" to the first question after a command, as a driver does whose poll has not come round yet.</summary>
    private static Func<Outgoing, Func<Outgoing, Task<Incoming>>, Task<Incoming>> LateFlag()
    {
        var isFirst = false;
        return async (request, server) =>
        {
            var reply = await server(request);
            if (request.Member == "move")
                isFirst = true;
            if (request.Member != "ismoving" || !isFirst)
                return reply;
            isFirst = false;
            return reply.Change(json => With(json, "Value", _ => false));
        };
    }

    /// <summary>Keeps the reply in a field that all requests share, as a handler with state does.</summary>
    private static Func<Outgoing, Func<Outgoing, Task<Incoming>>, Task<Incoming>> MixUp()
    {
        Incoming? last = null;
        return async (request, server) =>
        {
            last = await server(request);
            await Task.Yield();
            return last;
        };
    }
}
