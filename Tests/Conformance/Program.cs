using System.CommandLine;
using Alpaca.Client.CommandLine;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance;

/// <summary>The command line.</summary>
internal static class Program
{
    private const int Conformant = 0;
    private const int Faulty = 1;
    private const int Unusable = 2;

    private const string Description = """
        Checks an Alpaca server and its devices against the standard, and says what to mend.

        Every device checked is connected and disconnected several times: use it on devices that nobody works with. Without --motion nothing else is done to them:
        commands are only sent while the device is disconnected, where they must be refused. With --motion everything moves: domes open, mounts slew, outlets switch.

        Examples:
          conform http://127.0.0.1:11111 --device focuser/0 --motion
          conform https://192.168.1.20:11111 --user phone --ca-file observatory.pem

        Exit codes: 0 no faults, 1 faults found (with --strict: or advice), 2 wrong command line or no server at the address.
        """;

    private static async Task<int> Main(string[] arguments)
    {
        var parsed = Create(Console.Out, Console.Error).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync();
        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"conform: {error.Message}");
        await Console.Error.WriteLineAsync("conform --help says how it is used.");
        return Unusable;
    }

    private static RootCommand Create(TextWriter output, TextWriter errors)
    {
        var server = new Argument<string>("URL") { Description = "The server's root, for example http://127.0.0.1:11111." };
        var json = new Option<bool>("--json") { Description = "The report as one JSON object, with every finding." };
        var devices = new Option<string[]>("--device") { Description = "Only this device, for example focuser/0; may be given more than once.", HelpName = "TYPE/N" };
        var motion = new Option<bool>("--motion") { Description = "Also what moves hardware, takes images and switches power." };
        var strict = new Option<bool>("--strict") { Description = "Advice counts as a fault." };
        var root = new RootCommand(Description) { server, json, devices, motion, strict };
        var access = new AccessOptions();
        access.AddTo(root);
        root.SetAction(async (parse, cancel) =>
        {
            var url = parse.GetValue(server)!;
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            {
                await errors.WriteLineAsync($"conform: \"{url}\" is no address of a server; write for example http://127.0.0.1:11111.");
                return Unusable;
            }

            try
            {
                (address, var arguments) = access.Read(parse).TakeFrom(address);
                var options = new RunOptions
                {
                    Devices = parse.GetValue(devices) ?? [],
                    Motion = parse.GetValue(motion),
                    Access = ServerAccess.From(arguments, Environment.GetEnvironmentVariable),
                };
                foreach (var device in options.Devices)
                    ConformanceRun.Parse(device);
                var report = await new ConformanceRun(address, options).RunAsync(cancel);
                if (parse.GetValue(json))
                {
                    using var stream = Console.OpenStandardOutput();
                    JsonReport.Write(stream, address, report);
                    stream.WriteByte((byte)'\n');
                }
                else
                {
                    TextReport.Write(output, address, report);
                }

                return report.Faults > 0 || (parse.GetValue(strict) && report.Advice > 0) ? Faulty : Conformant;
            }
            catch (Exception e) when (e is ServerUnreachableException or FormatException or InvalidDataException)
            {
                await errors.WriteLineAsync($"conform: {e.Message}");
                return Unusable;
            }
        });
        return root;
    }
}
