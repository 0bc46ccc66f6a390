using System.Text.Json;

namespace DataServices.TelescopeOrg;

/// <summary>Reads <c>v4request-view.php?rid=N</c>.</summary>
internal static class RequestPage
{
    private static readonly string[] _labels =
        ["Object Type", "Object ID", "Object Name", "Telescope Type Name", "Telescope Name", "Filter Type", "Exposure Time", "Request Time", "Status"];

    public static RequestDetails Read(int rid, SitePage page)
    {
        Presence.Require(page, _labels, $"request {rid}");
        var jobs = JobPage.Identifiers(page.Value("Job ID"));
        return new RequestDetails(
            rid,
            jobs.Count > 0 && jobs[0] > 0 ? jobs[0] : null,
            page.Value("Object Type"),
            page.Value("Object ID"),
            page.Value("Object Name"),
            page.Value("Telescope Type Name"),
            page.Value("Telescope Name"),
            page.Value("Filter Type"),
            page.Value("Dark Frame"),
            page.Value("Exposure Time"),
            SiteTime.Parse(page.Value("Request Time")),
            SiteTime.Parse(page.Value("Completion Time")),
            page.Value("Status"),
            JobPage.FlatId(page));
    }

    /// <summary>The job of the JSON object in the script <c>var info = {...}</c>; null when the request has none yet.</summary>
    /// <exception cref="SiteFormatException">There is no such script, or it does not hold an object.</exception>
    /// <exception cref="ObservationNotFoundException">There is no such request.</exception>
    public static int? JobId(int rid, SitePage page)
    {
        const string marker = "var info";
        foreach (var script in page.Document.QuerySelectorAll("script"))
        {
            foreach (var line in script.TextContent.Split('\n'))
            {
                var at = line.IndexOf(marker, StringComparison.Ordinal);
                if (at < 0 || !line[(at + marker.Length)..].TrimStart().StartsWith('='))
                    continue;
                // The object begins on this line; it may be spread over the rest of the script.
                var rest = script.TextContent[(script.TextContent.IndexOf(line, StringComparison.Ordinal) + at)..];
                if (!(Parse(line) is { } info || TryObject(rest, out info)))
                    throw page.Changed("the script \"var info\" holds no JSON object");
                if (info.Integer("jid") is > 0 and <= int.MaxValue and var job)
                    return (int)job;
                // None yet, or no such request: the page itself tells.
                Presence.Require(page, _labels, $"request {rid}");
                return null;
            }
        }

        throw page.Changed("the script \"var info\" is missing");
    }

    private static JsonElement? Parse(string line)
    {
        var (first, last) = (line.IndexOf('{'), line.LastIndexOf('}'));
        return first >= 0 && last > first && TryObject(line[first..(last + 1)], out var found) ? found : null;
    }

    // Reads one object from the first brace on and ignores what follows it.
    private static bool TryObject(string text, out JsonElement found)
    {
        found = default;
        var first = text.IndexOf('{');
        if (first < 0)
            return false;
        try
        {
            var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text[first..]));
            using var document = JsonDocument.ParseValue(ref reader);
            found = document.RootElement.Clone();
            return found.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
