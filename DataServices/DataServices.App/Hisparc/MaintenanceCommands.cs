using System.CommandLine;
using System.Globalization;
using DataServices.Hisparc;
using DataServices.Hisparc.Stations;
using DataServices.Hisparc.Store;
using Microsoft.Extensions.Logging;

namespace DataServices.App.Hisparc;

/// <summary>What an operator does by hand: look at files and lists, make a day anew, correct a station-day.</summary>
internal static class MaintenanceCommands
{
    public static IEnumerable<Command> Create() => [Verify(), Rebuild(), Stations(), Replay(), Remove(), Move(), Gather()];

    private static Command Verify()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A day file" };
        var command = new Command("verify", "Reads a whole day file and says what is wrong with it") { file };
        command.SetAction(parsed =>
        {
            var problems = DayCheck.Problems(parsed.GetRequiredValue(file).FullName, thorough: true);
            foreach (var problem in problems)
                Console.Error.WriteLine(problem);
            if (problems.Count == 0)
                Console.WriteLine($"{parsed.GetRequiredValue(file).FullName}: whole.");
            return problems.Count == 0 ? 0 : Program.Failed;
        });
        return command;
    }

    private static Command Rebuild()
    {
        var settings = new ServiceSettings();
        var day = Day();
        var command = new Command("rebuild", "Makes a day's file anew from the log; the service must be stopped") { day };
        settings.AddTo(command, withStations: false);
        command.SetAction((parsed, _) => WithServiceAsync(parsed, settings, service =>
        {
            var rows = service.Rebuild(parsed.GetRequiredValue(day));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{service.Folders.DayFile(parsed.GetRequiredValue(day))}: {rows} rows from the log."));
            return true;
        }));
        return command;
    }

    private static Command Stations()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A station list" };
        var check = new Command("check", "Reads a station list as the service would") { file };
        check.SetAction(parsed =>
        {
            try
            {
                var list = StationList.Parse(File.ReadAllText(parsed.GetRequiredValue(file).FullName));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{list.Count} stations in {list.Stations.Select(station => station.Cluster).Distinct().Count()} clusters."));
                return 0;
            }
            catch (Exception error) when (error is IOException or FormatException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(error.Message);
                return Program.Failed;
            }
        });
        return new Command("stations", "Works with station lists") { check };
    }

    private static Command Replay()
    {
        var data = new Option<DirectoryInfo>("--data-dir") { Description = "The data directory", Required = true };
        var only = new Option<string?>("--only") { Description = "Name, or beginning of the name, of the batches to release; default all" };
        var suspicious = new Command("suspicious", "Stores batches with strange dates all the same. The running service, or the next write --once, takes them") { data, only };
        suspicious.SetAction(parsed =>
        {
            try
            {
                var folders = new DataFolders(parsed.GetRequiredValue(data).FullName);
                var released = 0;
                foreach (var path in Directory.EnumerateFiles(folders.Suspicious).Where(path => Path.GetFileName(path) is var name && name[0] != '.' && name.StartsWith(parsed.GetValue(only) ?? "", StringComparison.Ordinal)).ToList())
                {
                    File.Move(path, Path.Combine(folders.Released, Path.GetFileName(path)), overwrite: true);
                    released++;
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{released} batches released."));
                return 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(error.Message);
                return Program.Failed;
            }
        });
        return new Command("replay", "Takes up what was set aside") { suspicious };
    }

    private static Command Remove()
    {
        var settings = new ServiceSettings();
        var day = Day();
        var station = new Argument<int>("STATION") { Description = "Number of the station" };
        var inner = new Command("station-day", "Takes everything a station sent out of a day's file; the service must be stopped") { day, station };
        settings.AddTo(inner, withStations: false);
        inner.SetAction((parsed, _) => WithServiceAsync(parsed, settings, service => Report(parsed, station, service.Edit(parsed.GetRequiredValue(day), path => StationDay.Remove(path, parsed.GetRequiredValue(station))))));
        return new Command("remove", "Takes something out") { inner };
    }

    private static Command Move()
    {
        var settings = new ServiceSettings();
        var day = Day();
        var station = new Argument<int>("STATION") { Description = "Number of the station" };
        var to = new Option<int>("--to") { Description = "Number of the station that gets the events", Required = true };
        var cluster = new Option<string>("--to-cluster") { Description = "Its cluster, as in the station list", Required = true };
        var inner = new Command("station-day", "Gives everything a station sent on a day to another station; the service must be stopped") { day, station, to, cluster };
        settings.AddTo(inner, withStations: false);
        inner.SetAction((parsed, _) => WithServiceAsync(parsed, settings, service => Report(parsed, station, service.Edit(
            parsed.GetRequiredValue(day), path => StationDay.Move(path, parsed.GetRequiredValue(station), parsed.GetRequiredValue(to), parsed.GetRequiredValue(cluster))))));
        return new Command("move", "Gives something to another") { inner };
    }

    private static Command Gather()
    {
        var day = Day();
        var from = new Option<DirectoryInfo[]>("--from") { Description = "Data directories of the writers", Required = true, AllowMultipleArgumentsPerToken = true };
        var to = new Option<DirectoryInfo>("--to") { Description = "Data directory that gets the file", Required = true };
        var command = new Command("gather", "Puts the clusters that several writers wrote on a day into one file. Example: gather 2026-01-05 --from w0 w1 --to data") { day, from, to };
        command.SetAction(parsed =>
        {
            try
            {
                var name = DataFolders.Relative(parsed.GetRequiredValue(day));
                var sources = parsed.GetRequiredValue(from).Select(folder => Path.Combine(folder.FullName, name)).Where(File.Exists).ToList();
                if (sources.Count == 0)
                    throw new IOException($"{name}: is in none of these directories.");
                var target = Path.Combine(parsed.GetRequiredValue(to).FullName, name);
                if (sources.Contains(target))
                    throw new IOException($"{target}: is one of the files to be gathered; --to must be another directory.");
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {StationDay.Gather(sources, target)} stations from {sources.Count} files."));
                return 0;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine(error.Message);
                return Program.Failed;
            }
        });
        return command;
    }

    private static bool Report(ParseResult parsed, Argument<int> station, bool found)
    {
        if (found)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Station {parsed.GetRequiredValue(station)}: done; the day's file stands for itself from now on."));
        else
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Station {parsed.GetRequiredValue(station)} is not in this file."));
        return found;
    }

    private static Argument<DateOnly> Day() => new("DAY")
    {
        Description = "A day, 2026-01-05",
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"\"{result.Tokens[0].Value}\" is no day; write it as 2026-01-05.");
            return default;
        },
    };

    private static async Task<int> WithServiceAsync(ParseResult parsed, ServiceSettings settings, Func<HisparcService, bool> work)
    {
        try
        {
            var (options, _, _) = settings.Read(parsed, needsStations: false);
            using var loggers = Messages.Create(LogLevel.Warning);
            await using var service = HisparcService.Open(options, TimeProvider.System, loggers.CreateLogger("hisparc"));
            return work(service) ? 0 : Program.Failed;
        }
        catch (Exception error) when (error is IOException or FormatException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Program.Failed;
        }
    }
}
