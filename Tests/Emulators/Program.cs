using System.CommandLine;
using Emulators.Astrohaven;
using Emulators.HipercamServer;
using Emulators.IOptron;
using Emulators.SkyServices;
using Emulators.TelescopeOrg;

namespace Emulators;

/// <summary>Starts one of the emulators by hand, so that anyone without the hardware or the service can try the suite.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Emulators of instruments and services, to the byte.");
        root.Subcommands.Add(TelescopeOrgCommand.Create());
        root.Subcommands.Add(SkyServicesCommand.Create());
        root.Subcommands.Add(AstrohavenCommand.Create());
        root.Subcommands.Add(HipercamServerCommand.Create());
        foreach (var mount in IOptronCommand.Create())
            root.Subcommands.Add(mount);
        return root.Parse(arguments).InvokeAsync();
    }
}
