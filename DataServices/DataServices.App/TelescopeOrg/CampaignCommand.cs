using System.CommandLine;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary><c>campaign</c>: a fields file's targets as requests, and their frames when they are complete.</summary>
internal static class CampaignCommand
{
    private static readonly string[] _columns = ["target", "exposure", "filter", "state", "request", "job", "frames", "note"];

    public static Command Create(SiteOptions site)
    {
        var fields = new Argument<string>("FIELDS") { Description = "The sequencer's fields file (YAML)." };
        var telescope = new Option<string>("--telescope") { Description = "Telescope.", DefaultValueFactory = _ => "COAST" };
        var filter = new Option<string>("--filter") { Description = "Filter of targets that name none.", DefaultValueFactory = _ => "BVR" };
        var exposure = new Option<double>("--exposure") { Description = "Seconds, for targets that say none.", DefaultValueFactory = _ => 60 };
        var repeats = new Option<int>("--repeats") { Description = "Requests per target and exposure time.", DefaultValueFactory = _ => 1 };
        var zip = new Option<bool>("--zip") { Description = "Fetch the zip archives instead of the cubes." };
        var to = new Option<string>("--out") { Description = "Directory of the frames and of campaign.json, from which the campaign is resumed.", DefaultValueFactory = _ => "campaign" };
        var watch = new Option<double?>("--watch") { Description = "Come back every so many minutes until all is collected. Default: one pass." };
        var dry = new Option<bool>("--dry-run") { Description = "Show what would be sent, and send nothing." };
        var command = new Command(
            "campaign",
            "Sends a fields file's targets as requests, the highest priority first, and collects the frames of those that are complete. Run it again to go on; "
            + "nothing is sent twice. Exit code 1 when a target has failed or could not be read.")
        {
            fields, telescope, filter, exposure, repeats, zip, to, watch, dry,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(watch) is <= 0 or > 10080)
                result.AddError("--watch is more than 0 and at most 10080 minutes.");
        });
        command.SetAction((parse, cancel) => site.RunAsync(
            parse,
            (client, output, token) =>
            {
                var (targets, problems) = FieldsFile.Read(parse.GetValue(fields)!);
                foreach (var problem in problems)
                    Console.Error.WriteLine($"warning: {problem}");
                var options = new CampaignOptions
                {
                    Telescope = parse.GetValue(telescope)!,
                    Filter = parse.GetValue(filter)!,
                    Exposure = TimeSpan.FromSeconds(parse.GetValue(exposure)),
                    Repeats = parse.GetValue(repeats),
                    Kind = parse.GetValue(zip) ? FileKind.Zip : FileKind.Cube,
                    Directory = Path.GetFullPath(parse.GetValue(to)!),
                };
                return RunAsync(client, targets, options, parse.GetValue(dry), parse.GetValue(watch), problems.Count > 0, output, token);
            },
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        TelescopeClient client, IReadOnlyList<CampaignTarget> targets, CampaignOptions options, bool dry, double? watch, bool problems, Output output, CancellationToken cancel)
    {
        using var campaign = new Campaign(client, targets, options);
        while (!dry)
        {
            try
            {
                await Meter.RunAsync("campaign", async progress =>
                {
                    await campaign.RunAsync(progress, cancel);
                    return true;
                });
            }
            catch (TelescopeOrgException e) when (watch is not null)
            {
                // The next pass goes on where this one stopped.
                await Console.Error.WriteLineAsync(e.Message);
            }

            if (watch is not { } minutes || campaign.IsFinished)
                break;
            if (!output.Json)
                Print(campaign, output);
            await Task.Delay(TimeSpan.FromMinutes(minutes), TimeProvider.System, cancel);
        }

        Print(campaign, output);
        return problems || campaign.Items.Any(item => item.State == CampaignState.Failed) ? 1 : 0;
    }

    private static void Print(Campaign campaign, Output output) => output.Print(
        campaign.Items,
        item => new
        {
            target = item.Target,
            exposureMs = item.ExposureMilliseconds,
            filter = item.Filter,
            state = item.State.ToString(),
            rid = item.RequestId,
            jid = item.JobId,
            frames = item.Frames,
            note = item.Note,
        },
        _columns,
        item =>
        [
            item.Target, $"{item.ExposureMilliseconds / 1000.0} s", item.Filter, item.State.ToString(), item.RequestId is { } rid ? ListCommands.Text(rid) : null,
            item.JobId is { } jid ? ListCommands.Text(jid) : null, ListCommands.Text(item.Frames.Count), item.Note,
        ]);
}
