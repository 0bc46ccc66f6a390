using System.CommandLine;
using Sequencer.App.Configuration;
using Sequencer.App.Devices;
using Sequencer.App.Night;
using Sequencer.App.Run;

namespace Sequencer.App;

/// <summary>The observing program.</summary>
internal static class Program
{
    /// <summary>How long closing the dome and parking may take after Ctrl-C or SIGTERM.</summary>
    private static readonly TimeSpan _closingTime = TimeSpan.FromMinutes(5);

    private static Task<int> Main(string[] arguments)
    {
        var root = new RootCommand("Runs an observatory through the night, over any Alpaca devices.")
        {
            NightCommand.Create(),
            RunCommand.Create(),
            SummaryCommand.Create(),
            ConfigCommand.Create(),
            DiscoverCommand.Create(),
        };
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = _closingTime });
    }
}
