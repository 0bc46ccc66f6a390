using System.Globalization;
using System.Text.Json.Nodes;

namespace Emulators.TelescopeOrg;

/// <summary>The API behind <c>api-user.php</c> of the fake site. Numbers go out as strings, as the real one's do.</summary>
internal sealed class SiteApi(SiteData data, SiteControl control)
{
    private const int MaxExposureMilliseconds = 180_000;
    private readonly Dictionary<int, (int Jid, int Type, int Asked)> _engines = [];
    private JsonObject? _constructing;

    /// <summary>1 for a cube, 3 for a zip, null for an engine that was never made.</summary>
    public int? KindOf(int engine) => _engines.TryGetValue(engine, out var found) ? found.Type : null;

    public SiteReply Answer(string? module, string? request, string? parameters, DateTimeOffset now)
    {
        if (request == control.Fault)
            return Envelope(0, "ERROR", null);
        var values = parameters is null ? [] : JsonNode.Parse(parameters)!.AsObject();
        return (module, request) switch
        {
            ("request-manager", "0-get-my-folders") => Envelope(1, "OK", Folders()),
            ("request-manager", "1-get-list-own") => List(values),
            ("request-constructor", "0-rb-clear") => Clear(),
            ("request-constructor", "0-rb-set") => Set(values),
            ("request-constructor", "0-rb-submit") => Submit(now),
            ("image-engine", "0-create-dl3d") => Create(values, 1),
            ("image-engine", "0-create-dlzip") => Create(values, 3),
            ("image-engine", "0-is-job-ready") => Ready(values),
            _ => Envelope(0, "UNKNOWN_REQUEST", null),
        };
    }

    private JsonArray Folders()
    {
        JsonObject Folder(int id, string name, int? count) => new()
        {
            ["id"] = Word(id),
            ["creationtime"] = "1700000000",
            ["name"] = name,
            ["count"] = count is { } number ? Word(number) : null,
        };
        return [Folder(1, "Inbox", data.Folder(1).Count()), Folder(4, "Trash", null), Folder(461, "Variables", data.Folder(461).Count())];
    }

    private SiteReply List(JsonObject values)
    {
        var folder = data.Folder(Number(values, "folderid") ?? 1);
        var sorted = values["sort"]?.GetValue<string>() switch
        {
            "object" => folder.OrderBy(r => r.Name, StringComparer.Ordinal).ThenByDescending(r => r.Rid),
            "completion" => folder.OrderByDescending(r => r.Completed ?? DateTimeOffset.MinValue).ThenByDescending(r => r.Rid),
            _ => folder.OrderByDescending(r => r.Rid),
        };
        var all = sorted.ToList();
        var first = Number(values, "startAfterRow") ?? 0;
        var rows = new JsonArray();
        foreach (var (request, row) in all.Select((request, index) => (request, index + 1)).Skip(first).Take(Number(values, "limit") ?? 100))
        {
            rows.Add(new JsonObject
            {
                ["id"] = Word(request.Rid),
                ["seen"] = "1",
                ["usercomments"] = request.Comment,
                ["objecttype"] = "RADEC",
                ["objectid"] = request.ObjectId,
                ["objectname"] = request.Name,
                ["requesttime"] = request.Requested.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["status"] = Word(request.Status),
                ["row"] = row,
            });
        }

        return Envelope(1, "OK", new JsonObject { ["totalRequests"] = Word(all.Count), ["requests"] = rows });
    }

    private SiteReply Clear()
    {
        _constructing = null;
        return Envelope(1, "OK", null);
    }

    private SiteReply Set(JsonObject values)
    {
        if (Number(values, "exposuretime") is not (> 0 and <= MaxExposureMilliseconds))
            return Envelope(0, "BAD_EXPOSURE", null);
        if (Number(values, "telescopeid") is null)
            return Envelope(0, "BAD_TELESCOPE", null);
        _constructing = values;
        return Envelope(1, "OK", values.DeepClone());
    }

    private SiteReply Submit(DateTimeOffset now)
    {
        if (_constructing is not { } made)
            return Envelope(0, "NOTHING_TO_SUBMIT", null);
        if (data.NewWaiting.Count() >= control.QueueLimit)
            return Envelope(0, "QUEUE_FULL", null);
        if (control.SubmitLost > 0)
        {
            control.SubmitLost--;
            return SiteReply.Error(503);
        }

        string Text(string name) => made[name]?.ToString() ?? "";
        var request = data.Add(
            Text("objectname"), Text("objectid"), Text("usercomments"), Number(made, "telescopeid")!.Value, Text("filtertype"), Number(made, "exposuretime")!.Value, now);
        _constructing = null;
        if (control.Submit503 > 0)
        {
            control.Submit503--;
            return SiteReply.Error(503);
        }

        if (control.SubmitGarbled > 0)
        {
            control.SubmitGarbled--;
            return SiteReply.Html("<html><body>Thank you.</body></html>");
        }

        return Envelope(1, "OK", Word(request.Rid));
    }

    private SiteReply Create(JsonObject values, int type)
    {
        if (Number(values, "jid") is not { } jid || data.ByJid(jid) is null)
            return Envelope(0, "BAD_JOB", null);
        var engine = 9001 + _engines.Count;
        _engines[engine] = (jid, type, 0);
        return Envelope(1, control.Polls == 0 ? "OK_READY" : "OK_WAIT", new JsonObject { ["ieID"] = Word(engine), ["flatID"] = Flat(jid) });
    }

    private SiteReply Ready(JsonObject values)
    {
        if (Number(values, "ieid") is not { } engine || !_engines.TryGetValue(engine, out var made))
            return Envelope(0, "BAD_ENGINE", null);
        _engines[engine] = made = made with { Asked = made.Asked + 1 };
        if (control.Fault == "never-ready" || made.Asked < control.Polls)
            return Envelope(1, "PROCESSING", null);
        var job = data.ByJid(made.Jid)!;
        return Envelope(1, "READY", new JsonObject
        {
            ["flatID"] = Flat(made.Jid),
            ["fitsbzsize"] = made.Type == 3 ? Word(SiteFiles.Zip(job).Length) : "0",
            ["fitssize"] = made.Type == 1 ? Word(SiteFiles.Cube(job).Length) : "0",
        });
    }

    private static string? Flat(int jid) => SiteData.FlatOf(jid) is { } flat ? Word(flat) : null;

    private static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Number(JsonObject values, string name) =>
        int.TryParse(values[name]?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static SiteReply Envelope(int success, string status, JsonNode? content) =>
        SiteReply.Json(new JsonObject { ["success"] = success, ["status"] = status, ["data"] = content }.ToJsonString());
}
