using System.CommandLine;
using DataServices.App.Aartfaac;
using DataServices.App.Hipercam;
using DataServices.App.Hisparc;
using DataServices.App.TelescopeOrg;
using Spectre.Console;

namespace DataServices.App;

/// <summary>One program for what instruments stream: one verb per service.</summary>
internal static class Program
{
    /// <summary>Exit code of a command that could not do its work; wrong usage gives 1 too, after the usage was shown.</summary>
    public const int Failed = 1;

    private const int PipeWidth = 240;

    private static Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Takes in what instruments stream, and looks at what they stored.");
        root.Subcommands.Add(TelescopeCommand.Create());
        root.Subcommands.Add(AartfaacCommand.Create());
        root.Subcommands.Add(RunsCommand.Create());
        root.Subcommands.Add(FramesCommand.Create());
        root.Subcommands.Add(CcdsCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(PreviewCommand.Create());
        root.Subcommands.Add(HisparcCommand.Create());
        if (Console.IsOutputRedirected)
        {
            // In a pipe there are neither colours nor a width to fit into.
            AnsiConsole.Profile.Capabilities.Ansi = false;
            AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
            AnsiConsole.Profile.Width = PipeWidth;
        }

        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = HisparcCommand.LongestDrain });
    }
}
