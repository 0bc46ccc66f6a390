using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Emulators.TelescopeOrg;

/// <summary>Answers every page of the fake site. One request at a time changes its state; downloads run beside each other.</summary>
internal sealed class SiteHandler(TimeProvider clock, TimeSpan? completeAfter)
{
    private const string SessionCookie = "PHPSESSID";
    private readonly Lock _lock = new();
    private readonly SiteData _data = new();
    private readonly SiteControl _control = new();
    private readonly HashSet<string> _sessions = [];
    private readonly List<SiteLogEntry> _log = [];
    private readonly long _begun = clock.GetTimestamp();
    private SiteApi? _api;

    private SiteApi Api => _api ??= new SiteApi(_data, _control);

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var path = request.Path.Value!.TrimStart('/');
        SiteReply reply;
        lock (_lock)
            reply = path.StartsWith("__", StringComparison.Ordinal) ? Manage(path, body) : SiteMarkup.Written(Answer(context, path, body), _control.Markup);
        await SendAsync(context, reply);
    }

    private SiteReply Manage(string path, string body)
    {
        if (path == "__log")
            return SiteReply.Json(JsonSerializer.Serialize(_log, SiteLogEntry.Json));
        if (path != "__ctl")
            return new SiteReply(404, "text/plain", []);
        var unknown = _control.Apply(JsonNode.Parse(body)!.AsObject(), _sessions.Clear, count => _data.CompleteOldest(count, DateTimeOffset.MaxValue, clock.GetUtcNow()));
        return unknown.Count == 0 ? SiteReply.Json("{\"ok\": true}") : SiteReply.Text(400, "text/plain", $"unknown: {string.Join(", ", unknown)}");
    }

    private SiteReply Answer(HttpContext context, string path, string body)
    {
        if (completeAfter is { } after)
            _data.CompleteOldest(int.MaxValue, clock.GetUtcNow() - after, clock.GetUtcNow());
        var form = Fields(body);
        var session = context.Request.Cookies[SessionCookie];
        var loggedIn = session is not null && _sessions.Contains(session);
        _log.Add(new(
            context.Request.Method, path, context.Request.QueryString.Value ?? "",
            [.. form.Select(field => new[] { field.Name, field.Name == "password" ? "***" : field.Value })],
            session is not null, context.Request.Headers.UserAgent.ToString(), clock.GetElapsedTime(_begun).TotalMilliseconds));

        if (_control.Http.TryGetValue(path, out var error) && error.Count > 0)
        {
            _control.Http[path] = error with { Count = error.Count - 1 };
            return SiteReply.Error(error.Code) with { Location = error.Location };
        }

        string? Field(string name) => form.Where(field => field.Name == name).Select(field => field.Value).FirstOrDefault();
        int? Query(string name) => int.TryParse(context.Request.Query[name], CultureInfo.InvariantCulture, out var number) ? number : null;
        if (path == "login.php")
            return LogIn(context, Field("username"), Field("password"), Field("action"));
        if (path == "logout.php")
        {
            if (session is not null)
                _sessions.Remove(session);
            return SiteReply.Html(SiteHtml.Login);
        }

        if (!loggedIn)
            return Refusal(path);
        if (path == "api-user.php")
            return Api.Answer(Field("module"), Field("request"), Field("params"), clock.GetUtcNow());
        return path switch
        {
            "v4request-view.php" when Query("jid") is { } jid => SiteReply.Html(JobPage(jid)),
            "v4request-view.php" when Query("rid") is { } rid => SiteReply.Html(_data.ByRid(rid) is { } found ? SiteHtml.Request(found) : SiteHtml.NotFound("such request")),
            "v3job-search-query.php" => SiteReply.Html(Search(form)),
            "v3image-download.php" when Query("jid") is { } jid && Query("ieid") is { } engine => Download(jid, Api.KindOf(engine)),
            "imageengine-request.php" when Query("jid") is { } jid => SiteReply.Html(Engine(jid, Query("type") ?? 1)),
            "imageengine-file.php" when Query("jid") is { } jid => Download(jid, Query("type")),
            "index.php" or "" => SiteReply.Html(SiteHtml.NotFound("news")),
            _ => SiteReply.Error(404),
        };
    }

    private SiteReply Refusal(string path)
    {
        if (_control.Stranger is "forbidden")
            return SiteReply.Error(403);
        if (_control.Stranger is "redirect")
            return SiteReply.Error(302) with { Location = "login.php?from=somewhere" };
        return path == "api-user.php"
            ? SiteReply.Json($"{{\"success\": 0, \"status\": \"{(_control.Stranger.Length > 0 ? _control.Stranger : "NOT_LOGGED_IN")}\", \"data\": null}}")
            : SiteReply.Html(SiteHtml.Login);
    }

    private SiteReply LogIn(HttpContext context, string? user, string? password, string? action)
    {
        if (action != "login" || user != TelescopeOrgSite.User || password != TelescopeOrgSite.Password)
            return SiteReply.Html(SiteHtml.Login);
        var session = Guid.NewGuid().ToString("N");
        _sessions.Add(session);
        context.Response.Cookies.Append(SessionCookie, session, new CookieOptions { HttpOnly = true, Path = "/" });
        return _control.LoginLeads.Length > 0 ? SiteReply.Error(302) with { Location = _control.LoginLeads } : SiteReply.Html(SiteHtml.NotFound("news"));
    }

    private string JobPage(int jid)
    {
        if (_data.ByJid(jid) is not { } job)
            return SiteHtml.NotFound("such job");
        // One job that served two equal requests.
        return SiteHtml.Job(jid, jid == 420007 ? [770007, 770006] : [job.Rid], job);
    }

    private string Search(IReadOnlyList<(string Name, string Value)> form)
    {
        DateTimeOffset Time(string name)
        {
            var parts = form.Where(field => field.Name == name).Select(field => int.Parse(field.Value, CultureInfo.InvariantCulture)).ToArray();
            return new(parts[2], parts[1], parts[0], parts[3], parts[4], 0, TimeSpan.Zero);
        }

        string Value(string name) => form.FirstOrDefault(field => field.Name == name).Value ?? "";
        var (from, until) = (Time("searchearliestcom[]"), Time("searchlatestcom[]"));
        var crowd = Enumerable.Range(1, _control.Crowd).Select(i => (Jid: 500000 + i, Completed: new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i), Filter: "BVR", Telescope: 6));
        var jobs = _data.Requests.Where(r => r.Jid is not null).Select(r => (Jid: r.Jid!.Value, Completed: r.Completed!.Value, r.Filter, r.Telescope)).Concat(crowd)
            .Where(job => job.Completed >= from && job.Completed <= until)
            .Where(job => Value("searchfilter") is "" || job.Filter == Value("searchfilter"))
            .Where(job => Value("searchtelescope") is "" || job.Telescope.ToString(CultureInfo.InvariantCulture) == Value("searchtelescope"))
            .OrderByDescending(job => job.Completed).Take(int.Parse(Value("resultsperpage"), CultureInfo.InvariantCulture)).ToList();
        return SiteHtml.Search($"from {from:u} until {until:u}", jobs);
    }

    private string Engine(int jid, int type)
    {
        if (_control.NoIframe > 0)
        {
            _control.NoIframe--;
            return SiteHtml.Engine(null);
        }

        return SiteHtml.Engine(_data.ByJid(jid) is null ? null : $"imageengine-file.php?jid={jid}&type={type}");
    }

    private SiteReply Download(int jid, int? type)
    {
        if (_data.ByJid(jid) is not { } job || type is null)
            return SiteReply.Error(404);
        var bytes = type == 3 ? SiteFiles.Zip(job) : SiteFiles.Cube(job);
        if (_control.Truncate > 0)
        {
            _control.Truncate--;
            bytes = bytes[..(bytes.Length / 2)];
        }

        return new SiteReply(200, _control.FileType, bytes) { MillisecondsPerKiB = _control.Slow };
    }

    private static List<(string Name, string Value)> Fields(string body)
    {
        var fields = new List<(string, string)>();
        using var reader = new FormReader(body);
        while (reader.ReadNextPair() is { } pair)
            fields.Add((pair.Key, pair.Value));
        return fields;
    }

    private async Task SendAsync(HttpContext context, SiteReply reply)
    {
        var response = context.Response;
        (response.StatusCode, response.ContentType, response.ContentLength) = (reply.Status, reply.Type, reply.Body.Length);
        if (reply.Status is 429 or 503)
            response.Headers.RetryAfter = "1";
        if (reply.Location is { } location)
            response.Headers.Location = location;
        const int kibi = 1024;
        var chunk = reply.MillisecondsPerKiB > 0 ? kibi : Math.Max(1, reply.Body.Length);
        for (var at = 0; at < reply.Body.Length; at += chunk)
        {
            await response.Body.WriteAsync(reply.Body.AsMemory(at, Math.Min(chunk, reply.Body.Length - at)), context.RequestAborted);
            if (reply.MillisecondsPerKiB > 0)
            {
                await response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(reply.MillisecondsPerKiB), clock, context.RequestAborted);
            }
        }
    }
}
