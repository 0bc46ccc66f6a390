using System.CommandLine;

namespace Emulators.SkyServices;

/// <summary><c>sky-services</c>: names, charts and plate solutions by hand.</summary>
internal static class SkyServicesCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "TCP port on 127.0.0.1; 0 for any free one.", DefaultValueFactory = _ => 8471 };
        var command = new Command("sky-services", $"The services around telescope.org: names (SS Cyg, U Gem), the chart of SS Cyg, nova.astrometry.net with the key {SkyServices.Key}.") { port };
        command.SetAction(async (parse, cancel) =>
        {
            await using var services = await SkyServices.StartAsync(parse.GetValue(port), cancel);
            Console.WriteLine($"sky services emulator: {services.Url}");
            await services.WaitAsync(cancel);
        });
        return command;
    }
}
