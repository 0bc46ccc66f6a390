using System.CommandLine;
using System.Globalization;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>folders</c>, <c>requests</c> and <c>jobs</c>. The JSON names are those of the site and of the original client.</summary>
internal static class ListCommands
{
    public static Command Folders(SiteOptions site)
    {
        var command = new Command("folders", "Lists the folders of your requests.");
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                output.Print(
                    await client.GetFoldersAsync(token),
                    folder => new { id = folder.Id, name = folder.Name, count = folder.Count, creationtime = Output.Utc(folder.Created) },
                    ["id", "name", "requests"],
                    folder => [Text(folder.Id), folder.Name, folder.Count is { } count ? Text(count) : null]);
                return 0;
            },
            cancel));
        return command;
    }

    public static Command Requests(SiteOptions site)
    {
        var folder = new Option<int>("--folder") { Description = "Folder id; 1 is the inbox.", DefaultValueFactory = _ => 1 };
        var sort = new Option<RequestSort>("--sort") { Description = "rid (newest first), object (by name) or completion (newest first)." };
        var of = new Option<string?>("--object") { Description = "Only the complete requests of this object in the inbox, newest first, each with its job." };
        var command = new Command("requests", "Lists your requests.") { folder, sort, of };
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                if (parse.GetValue(of) is { } name)
                {
                    output.Print(
                        await Meter.ListAsync($"observations of {name}", progress => client.GetObjectObservationsAsync(name, progress, token), token),
                        found => new { rid = found.Request.Id, jid = found.JobId, requested = Output.Utc(found.Request.Requested) },
                        ["rid", "jid", "requested"],
                        found => [Text(found.Request.Id), found.JobId is { } jid ? Text(jid) : null, Time(found.Request.Requested)]);
                    return 0;
                }

                var requests = await Meter.ListAsync("requests", progress => client.GetRequestsAsync(parse.GetValue(folder), parse.GetValue(sort), progress, token), token);
                output.Print(
                    requests,
                    r => new
                    {
                        rid = r.Id,
                        status = r.Status.Code,
                        statusText = r.Status.ToString(),
                        type = r.ObjectType,
                        oid = r.ObjectId,
                        name = r.ObjectName,
                        comments = r.Comments,
                        requested = Output.Utc(r.Requested),
                        seen = r.Seen,
                        row = r.Row,
                    },
                    ["rid", "status", "object", "position", "requested", "comment"],
                    r => [Text(r.Id), r.Status.ToString(), r.ObjectName, r.ObjectId, Minute(r.Requested), r.Comments]);
                return 0;
            },
            cancel));
        return command;
    }

    public static Command Jobs(SiteOptions site)
    {
        var days = new Option<double>("--days") { Description = "Length of the interval in days.", DefaultValueFactory = _ => 1 };
        var filter = new Option<string>("--filter") { Description = "Only this filter.", DefaultValueFactory = _ => "" };
        var camera = new Option<string>("--camera") { Description = "Only this telescope.", DefaultValueFactory = _ => "" };
        var until = new Option<string?>("--until") { Description = "End of the interval, UTC: 2024-12-01T00:00Z, or 2024-12-01 for 16:00 of that day. Default: now." };
        var verbose = new Option<bool>("--verbose") { Description = "Also show, on standard error, what the site says about the search." };
        var command = new Command("jobs", "Lists completed jobs of all users, latest first.") { days, filter, camera, until, verbose };
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                var (end, at) = SiteOptions.ParseUntil(parse.GetValue(until));
                var search = new JobSearch
                {
                    Until = end,
                    At = at,
                    Days = parse.GetValue(days),
                    Filter = parse.GetValue(filter)!,
                    Camera = parse.GetValue(camera)!,
                    Summary = parse.GetValue(verbose) ? Console.Error.WriteLine : null,
                };
                var jobs = await Meter.ListAsync("jobs", progress => client.GetJobsAsync(search, progress, token), token);
                output.Print(jobs, () => jobs.ForEach(Console.WriteLine));
                return 0;
            },
            cancel));
        return command;
    }

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Minute(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    internal static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
