using System.CommandLine;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>request</c>, <c>job</c> and <c>jid</c>: one page each.</summary>
internal static class ViewCommands
{
    public static Command Request(SiteOptions site)
    {
        var rid = new Argument<int>("RID") { Description = "Request id." };
        var command = new Command("request", "Shows one request.") { rid };
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                var r = await client.GetRequestAsync(parse.GetValue(rid), token);
                output.Print(
                    new
                    {
                        rid = r.Id,
                        jid = r.JobId,
                        type = r.ObjectType,
                        oid = r.ObjectId,
                        name = r.ObjectName,
                        tele_type = r.TelescopeType,
                        tele = r.Telescope,
                        filter = r.Filter,
                        dark = r.DarkFrame,
                        exp = r.ExposureText,
                        exposureMs = r.Exposure?.TotalMilliseconds,
                        requested = Output.Utc(r.Requested?.Utc),
                        requestedText = r.Requested?.Text,
                        completion = Output.Utc(r.Completed?.Utc),
                        completionText = r.Completed?.Text,
                        status = r.StatusText,
                        flatid = r.FlatId,
                    },
                    () => Output.Pairs(
                        ("request", $"{r.Id}"), ("status", r.StatusText), ("job", Text(r.JobId)), ("object", r.ObjectName), ("position", $"{r.ObjectType} {r.ObjectId}"),
                        ("telescope", $"{r.Telescope} ({r.TelescopeType})"), ("filter", r.Filter), ("exposure", r.ExposureText), ("dark", r.DarkFrame),
                        ("requested", Time(r.Requested)), ("completed", Time(r.Completed)), ("flat", Text(r.FlatId))));
                return 0;
            },
            cancel));
        return command;
    }

    public static Command Job(SiteOptions site)
    {
        var jid = new Argument<int>("JID") { Description = "Job id." };
        var command = new Command("job", "Shows one job.") { jid };
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                var j = await client.GetJobAsync(parse.GetValue(jid), token);
                output.Print(
                    new
                    {
                        jid = j.Id,
                        rid = j.RequestIds,
                        type = j.ObjectType,
                        oid = j.ObjectId,
                        tele = j.TelescopeType,
                        filter = j.Filter,
                        exp = j.ExposureText,
                        exposureMs = j.Exposure?.TotalMilliseconds,
                        completion = Output.Utc(j.Completed?.Utc),
                        completionText = j.Completed?.Text,
                        status = j.IsSuccess,
                        statusText = j.StatusText,
                        flatid = j.FlatId,
                    },
                    () => Output.Pairs(
                        ("job", $"{j.Id}"), ("status", j.StatusText), ("requests", string.Join(", ", j.RequestIds)), ("position", $"{j.ObjectType} {j.ObjectId}"),
                        ("telescope", j.TelescopeType), ("filter", j.Filter), ("exposure", j.ExposureText), ("completed", Time(j.Completed)), ("flat", Text(j.FlatId))));
                return 0;
            },
            cancel));
        return command;
    }

    public static Command JobOfRequest(SiteOptions site)
    {
        var rid = new Argument<int>("RID") { Description = "Request id." };
        var command = new Command("jid", "Shows the job that serves a request; exit code 1 while there is none.") { rid };
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            async (client, output, token) =>
            {
                var id = parse.GetValue(rid);
                var job = await client.GetJobIdAsync(id, token);
                output.Print(new { rid = id, jid = job }, () => Console.WriteLine(job is null ? $"Request {id} has no job yet." : $"{job}"));
                return job is null ? 1 : 0;
            },
            cancel));
        return command;
    }

    private static string? Text(int? number) => number is { } known ? ListCommands.Text(known) : null;

    private static string? Time(SiteTime? time) => time is null ? null : ListCommands.Time(time.Utc) ?? time.Text;
}
