using System.Globalization;
using System.Net;
using System.Text;

namespace Emulators.TelescopeOrg;

/// <summary>The pages of the fake site, in the shape that the original client's parsing implies.</summary>
internal static class SiteHtml
{
    public const string Login =
        "<!DOCTYPE html><html><head><title>Log in</title></head><body><h1>Log in</h1><form action=\"login.php\" method=\"post\">"
        + "<input type=\"hidden\" name=\"action\" value=\"login\"><input name=\"username\"><input type=\"password\" name=\"password\"><input type=\"submit\"></form></body></html>";

    public static string NotFound(string what) => Page($"<h1>View</h1><p>There is no {what}.</p>");

    public static string Job(int jid, IEnumerable<int> rids, SiteRequest job)
    {
        var rows = Rows(
            ("Job ID", $"J{jid}"),
            ("Request ID", string.Join(' ', rids.Select(rid => $"<a href=\"v4request-view.php?rid={rid}\">R{rid}</a>"))),
            ("Object Type", "RADEC"), ("Object ID", job.ObjectId), ("Telescope Type Name", "Galaxy"), ("Filter Type", Text(job.Filter)),
            ("Exposure Time", $"{job.ExposureMilliseconds} ms"), ("Completion Time", SiteData.SiteTime(job.Completed!.Value)), ("Status", "Success"));
        var flat = SiteData.FlatOf(jid) is { } id ? $"<button onclick=\"window.location.href='v3image-download.php?mode=dl-flat&amp;flatid={id}'\">Flat</button>" : "";
        return Page($"<h1>Job J{jid}</h1><table>{rows}</table>{flat}<button onclick=\"window.location.href='index.php'\">Back</button>");
    }

    public static string Request(SiteRequest request)
    {
        var rows = new List<(string, string)>();
        if (request.Jid is { } jid)
            rows.Add(("Job ID", $"J{jid}"));
        rows.AddRange([
            ("Object Type", "RADEC"), ("Object ID", request.ObjectId), ("Object Name", Text(request.Name)), ("Telescope Type Name", "Galaxy"),
            ("Telescope Name", SiteData.TelescopeName(request.Telescope)), ("Filter Type", Text(request.Filter)), ("Dark Frame", "Instant"),
            ("Exposure Time", $"{request.ExposureMilliseconds} ms"), ("Request Time", SiteData.SiteTime(request.Requested)),
        ]);
        if (request.Completed is { } completed)
            rows.Add(("Completion Time", SiteData.SiteTime(completed)));
        rows.Add(("Status", request.Status switch
        {
            8 => "Complete",
            1 => "New",
            _ => "Waiting",
        }));
        var flat = request.Jid is { } job && SiteData.FlatOf(job) is { } id ? $"<a href=\"v3image-download.php?mode=dl-flat&amp;flatid={id}\">Flat</a>" : "";
        var info = $"{{\"rid\": \"{request.Rid}\", \"jid\": {(request.Jid is { } number ? $"\"{number}\"" : "null")}, \"status\": \"{request.Status}\"}}";
        return Page($"<h1>Request R{request.Rid}</h1><table>{Rows([.. rows])}</table>{flat}<script>\nvar page = 'view';\nvar info = {info};\nshow(info);\n</script>");
    }

    public static string Search(string parameters, IReadOnlyCollection<(int Jid, DateTimeOffset Completed, string Filter, int Telescope)> jobs)
    {
        var rows = new StringBuilder("<tr><th>Job</th><th>Completed</th><th>Telescope</th><th>Filter</th></tr>");
        foreach (var job in jobs)
        {
            rows.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"v4request-view.php?jid={job.Jid}&amp;from=search\">J{job.Jid}</a></td>")
                .Append(CultureInfo.InvariantCulture, $"<td>{SiteData.SiteTime(job.Completed)}</td><td>{SiteData.TelescopeName(job.Telescope)}</td><td>{job.Filter}</td></tr>");
        }

        return Page($"<h2>Search Parameters</h2><p>{Text(parameters)}</p><h2>Search Results</h2><p>{jobs.Count} jobs</p><table>{rows}</table>");
    }

    public static string Engine(string? address) =>
        Page(address is null ? "<p>Your file is being prepared, please wait.</p>" : $"<p>Your download begins.</p><iframe width=\"1\" src=\"{Text(address)}\"></iframe>");

    private static string Rows(params (string Label, string Value)[] rows) =>
        string.Concat(rows.Select(row => $"<tr><td><b>{row.Label}:</b></td><td> {row.Value} </td></tr>\n"));

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Page(string body) =>
        $"<!DOCTYPE html><html><head><title>Telescope</title></head><body><ul><li><a href=\"index.php\">Home</a></li><li><a href=\"logout.php\">Log out</a></li></ul>{body}</body></html>";
}
