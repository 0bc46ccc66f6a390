using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Alpaca.Client;
using Alpaca.Client.CommandLine;
using Alpaca.Discovery;
using Spectre.Console;

namespace Sequencer.App.Devices;

/// <summary><c>discover</c>: the Alpaca servers on this network and their devices.</summary>
internal static class DiscoverCommand
{
    private const string Description = """
        Lists the Alpaca servers on this network and their devices.

        A server that asks for credentials is listed with them only if it is on this machine or named with --server: whoever answers discovery could be anybody. Discovery cannot say
        that a server speaks https; what does not answer by http is tried by https.

        Examples:
          discover --wait 3s
          discover --server https://192.168.1.20:11111 --user phone --ca-file observatory.pem
        """;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON array instead of a table." };
        var wait = new Option<string>("--wait") { Description = "How long to listen for answers, for example 2s.", DefaultValueFactory = _ => "1s" };
        var port = new Option<int>("--discovery-port") { Description = "The UDP port of discovery.", DefaultValueFactory = _ => DiscoveryProtocol.Port };
        var servers = new Option<string[]>("--server") { Description = "A server to ask as well, whether it answers or not; may be given more than once.", HelpName = "URL" };
        var access = new AccessOptions();
        var command = new Command("discover", Description) { json, wait, port, servers, DiscoverRelayCommand.Create() };
        access.AddTo(command);
        command.SetAction((parse, cancel) => RunAsync(
            parse.GetValue(json), parse.GetValue(wait)!, parse.GetValue(port), parse.GetValue(servers) ?? [], access.Read(parse), cancel));
        return command;
    }

    private static async Task<int> RunAsync(bool json, string wait, int port, string[] servers, AccessArguments access, CancellationToken cancel)
    {
        if (!double.TryParse(wait.TrimEnd('s', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) || seconds is not (> 0 and <= 60))
            return await RefuseAsync($"--wait {wait} is not a time; write for example 2s (at most 60s).");
        var named = new List<Uri>();
        foreach (var server in servers)
        {
            if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                return await RefuseAsync($"--server {server} is no address of a server; write for example http://192.168.1.20:11111.");
            named.Add(address);
        }

        try
        {
            var found = await AlpacaFinder.FindAsync(new FinderOptions { Wait = TimeSpan.FromSeconds(seconds), Port = port }, cancel);
            var listed = await ListedServers.AskAsync(found, named, access, cancel);
            if (json)
                PrintJson(listed);
            else
                PrintTable(listed);
            return ExitCodes.Done;
        }
        catch (InvalidDataException e)
        {
            return await RefuseAsync(e.Message);
        }
        catch (DiscoveryException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return ExitCodes.Usage;
    }

    private static void PrintJson(IReadOnlyList<ListedServer> servers)
    {
        using var stream = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var server in servers)
            {
                json.WriteStartObject();
                var about = server.Asked.Server;
                json.WriteString("address", server.Asked.Address.GetLeftPart(UriPartial.Authority));
                json.WriteString("name", about?.Name);
                json.WriteString("manufacturer", about?.Manufacturer);
                json.WriteString("version", about?.Version);
                json.WriteString("location", about?.Location);
                json.WriteString("fingerprint", server.Asked.Fingerprint);
                json.WriteString("problem", server.Problem);
                json.WriteStartArray("devices");
                foreach (var device in about?.Devices ?? [])
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

    private static void PrintTable(IReadOnlyList<ListedServer> servers)
    {
        if (servers.Count == 0)
        {
            Console.WriteLine("No Alpaca server answered. Start one with ./alpaca server, or wait longer with --wait 5s.");
            return;
        }

        foreach (var server in servers)
        {
            var address = server.Asked.Address.GetLeftPart(UriPartial.Authority);
            if (server.Asked.Server is not { } about)
            {
                Console.WriteLine($"{address}  {server.Problem}");
                continue;
            }

            Console.WriteLine($"{address}  {about.Name} {about.Version}".TrimEnd() + (about.Location is "" ? "" : $", {about.Location}"));
            var table = new Table().Border(TableBorder.Simple).AddColumns("type", "number", "name", "unique ID");
            foreach (var device in about.Devices)
                table.AddRow(Markup.Escape(device.DeviceType), device.Number.ToString(CultureInfo.InvariantCulture), Markup.Escape(device.Name), Markup.Escape(device.UniqueID));
            AnsiConsole.Write(table);
        }
    }
}
