using System.CommandLine;

namespace Emulators.TelescopeOrg;

/// <summary><c>telescope-org</c>: the fake site by hand.</summary>
internal static class TelescopeOrgCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "TCP port on 127.0.0.1; 0 for any free one.", DefaultValueFactory = _ => 8470 };
        var complete = new Option<double?>("--complete-after") { Description = "Seconds after which a submitted request is complete. Default: when POST /__ctl {\"complete\": N} says so." };
        var command = new Command("telescope-org", $"The site of telescope.org: user {TelescopeOrgSite.User}, password {TelescopeOrgSite.Password}; POST /__ctl controls it, GET /__log shows its requests.")
        {
            port, complete,
        };
        command.SetAction(async (parse, cancel) =>
        {
            var after = parse.GetValue(complete) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
            await using var site = await TelescopeOrgSite.StartAsync(parse.GetValue(port), after, cancel: cancel);
            Console.WriteLine($"telescope.org emulator: {site.Url}");
            await site.WaitAsync(cancel);
        });
        return command;
    }
}
