using System.CommandLine;

namespace DataServices.App.Hisparc;

/// <summary><c>data hisparc</c>: takes in the events of HiSPARC stations and stores them as the raw datastore does.</summary>
internal static class HisparcCommand
{
    /// <summary>How long writing what was acknowledged may take after SIGTERM. What is not written then stays in the log.</summary>
    public static readonly TimeSpan LongestDrain = TimeSpan.FromMinutes(2);

    public static Command Create()
    {
        var command = new Command("hisparc", "Takes in cosmic-ray events of HiSPARC stations. Example: ./alpaca data hisparc serve --data-dir data --station-list stations.csv --port 8123")
        {
            ServeCommand.Create(),
            WriteCommand.Create(),
            DumpCommand.Create(),
            EmulateCommand.Create(),
            BenchCommand.Create(),
        };
        foreach (var maintenance in MaintenanceCommands.Create())
            command.Subcommands.Add(maintenance);
        return command;
    }
}
