using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Alpaca.Client;
using Alpaca.Discovery;
using Spectre.Console;

namespace Sequencer.App.Devices;

/// <summary><c>discover</c>: the Alpaca servers on this network and their devices.</summary>
internal static class DiscoverCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON array instead of a table." };
        var wait = new Option<string>("--wait") { Description = "How long to listen for answers, for example 2s.", DefaultValueFactory = _ => "1s" };
        var port = new Option<int>("--discovery-port") { Description = "The UDP port of discovery.", DefaultValueFactory = _ => DiscoveryProtocol.Port };
        var command = new Command("discover", "Lists the Alpaca servers on this network and their devices.") { json, wait, port, DiscoverRelayCommand.Create() };
        command.SetAction((parse, cancel) => RunAsync(parse.GetValue(json), parse.GetValue(wait)!, parse.GetValue(port), cancel));
        return command;
    }

    private static async Task<int> RunAsync(bool json, string wait, int port, CancellationToken cancel)
    {
        if (!double.TryParse(wait.TrimEnd('s', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and <= 60))
        {
            await Console.Error.WriteLineAsync($"--wait {wait} is not a time; write for example 2s (at most 60s).");
            return ExitCodes.Usage;
        }

        using var finder = new DeviceFinder(new() { RequestTimeout = TimeSpan.FromSeconds(3) }, new AlpacaClientOptions());
        await finder.DiscoverAsync(new FinderOptions { Wait = TimeSpan.FromSeconds(seconds), Port = port }, cancel);
        if (json)
            PrintJson(finder.Servers);
        else
            PrintTable(finder.Servers);
        return ExitCodes.Done;
    }

    private static void PrintJson(IReadOnlyList<AlpacaServer> servers)
    {
        using var stream = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var server in servers)
            {
                json.WriteStartObject();
                json.WriteString("address", server.BaseAddress.GetLeftPart(UriPartial.Authority));
                json.WriteString("name", server.Name);
                json.WriteString("manufacturer", server.Manufacturer);
                json.WriteString("version", server.Version);
                json.WriteString("location", server.Location);
                json.WriteStartArray("devices");
                foreach (var device in server.Devices)
                {
                    json.WriteStartObject();
                    json.WriteString("type", device.DeviceType);
                    json.WriteNumber("number", device.Number);
                    json.WriteString("name", device.Name);
                    json.WriteString("uniqueId", device.UniqueID);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        stream.Write("\n"u8);
    }

    private static void PrintTable(IReadOnlyList<AlpacaServer> servers)
    {
        if (servers.Count == 0)
        {
            Console.WriteLine("No Alpaca server answered. Start one with ./alpaca server, or wait longer with --wait 5s.");
            return;
        }

        foreach (var server in servers)
        {
            Console.WriteLine($"{server.BaseAddress.GetLeftPart(UriPartial.Authority)}  {server.Name} {server.Version}".TrimEnd() + (server.Location is "" ? "" : $", {server.Location}"));
            var table = new Table().Border(TableBorder.Simple).AddColumns("type", "number", "name", "unique ID");
            foreach (var device in server.Devices)
                table.AddRow(Markup.Escape(device.DeviceType), device.Number.ToString(CultureInfo.InvariantCulture), Markup.Escape(device.Name), Markup.Escape(device.UniqueID));
            AnsiConsole.Write(table);
        }
    }
}
