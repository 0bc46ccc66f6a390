using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Alpaca.Devices.Links;
using Alpaca.Devices.Links.Linux;
using Alpaca.Devices.Wire;

namespace Alpaca.Server.Wire;

/// <summary>The verbs about ports and wires: what is plugged in, what goes over a wire, and a recorded wire as a device.</summary>
internal static class WireVerbs
{
    private static readonly TimeSpan s_opening = TimeSpan.FromSeconds(10);

    /// <summary><c>ports</c>: the serial ports of this machine.</summary>
    public static Command Ports(TextWriter output)
    {
        var command = new Command("ports", "Lists the serial ports that are plugged in, by the names to put into a configuration.");
        command.SetAction(async (_, _) =>
        {
            foreach (var port in new LinkFactory().SerialPorts)
            {
                var usb = port.UsbVendor is null ? "" : $"  usb:{port.UsbVendor}:{port.UsbProduct}{(port.UsbSerial is null ? "" : $":{port.UsbSerial}")}";
                await output.WriteLineAsync($"{port.BestName}  {port.Path}{usb}  {port.Description}");
            }

            return ExitCode.Stopped;
        });
        return command;
    }

    /// <summary><c>record</c>: stands between a program and its instrument and writes down what they say; <c>record diff</c> compares two such files.</summary>
    public static Command Record(TextWriter output, TextWriter errors)
    {
        var port = new Argument<string>("port") { Description = "The instrument's port: /dev/ttyUSB0, usb:VID:PID, tcp://host:port." };
        var file = new Argument<FileInfo>("file") { Description = "Where to write the recording." };
        var (link, tcp) = Places();
        var baud = new Option<int>("--baud") { Description = "Speed of the instrument's serial line.", DefaultValueFactory = _ => 9600 };
        var command = new Command("record", """
            Records a wire: stands between any program and its instrument, passes every byte on, and writes it down with its time.
            The program opens the link (or the TCP port) in place of the instrument. A device of this server is recorded without this: "record: FILE" in its
            entry of the configuration, or its action Link:Record at run time.

            Example:
              alpaca-server record /dev/ttyUSB0 dome.wire --link /tmp/dome
            """)
        {
            port, file, link, tcp, baud,
        };
        command.Subcommands.Add(Difference(output, errors));
        command.SetAction((parsed, cancel) => GuardedAsync(errors, async () =>
        {
            await using var instrument = await new LinkFactory().OpenAsync(parsed.GetRequiredValue(port), new SerialSettings(parsed.GetValue(baud)), s_opening, cancel);
            using var recorder = new WireRecorder(parsed.GetRequiredValue(file).FullName, TimeProvider.System);
            recorder.Start();
            await ServeAsync(parsed.GetValue(link), parsed.GetValue(tcp), output, program => WireTap.RunAsync(program, instrument, recorder, cancel), cancel);
            return recorder.Failure is { } failure ? throw new IOException(failure) : ExitCode.Stopped;
        }));
        return command;
    }

    /// <summary><c>replay</c>: plays the device of a recording.</summary>
    public static Command Replay(TextWriter output, TextWriter errors)
    {
        var file = new Argument<FileInfo>("file") { Description = "The recording." };
        var (link, tcp) = Places();
        var strict = new Option<bool>("--strict") { Description = "End with code 1 when the program says something else than recorded, or in another order." };
        var command = new Command("replay", """
            Plays the device of a recording: answers what was recorded, as fast as was recorded.

            Example:
              alpaca-server replay dome.wire --link /tmp/dome
            """)
        {
            file, link, tcp, strict,
        };
        command.SetAction((parsed, cancel) => GuardedAsync(errors, async () =>
        {
            var replay = new WireReplay(WireRecording.Load(parsed.GetRequiredValue(file).FullName), TimeProvider.System, parsed.GetValue(strict));
            var kept = true;
            await ServeAsync(parsed.GetValue(link), parsed.GetValue(tcp), output, async program => kept = await replay.ServeAsync(program, cancel), cancel);
            foreach (var unknown in replay.Unknown)
                await errors.WriteLineAsync($"not in the recording{(parsed.GetValue(strict) ? " at this place" : "")}: {unknown}");
            return kept ? ExitCode.Stopped : ExitCode.Differs;
        }));
        return command;
    }

    private static Command Difference(TextWriter output, TextWriter errors)
    {
        var first = new Argument<FileInfo>("first") { Description = "A recording." };
        var second = new Argument<FileInfo>("second") { Description = "Another." };
        var command = new Command("diff", "Compares two recordings apart from their times. Exit code 1 if they differ.") { first, second };
        command.SetAction((parsed, _) => GuardedAsync(errors, async () =>
        {
            var lines = WireDifference.Compare(WireRecording.Load(parsed.GetRequiredValue(first).FullName), WireRecording.Load(parsed.GetRequiredValue(second).FullName));
            foreach (var (side, entry) in lines.Where(l => l.Side != ' '))
                await output.WriteLineAsync($"{side}{entry}");
            return lines.Any(l => l.Side != ' ') ? ExitCode.Differs : ExitCode.Stopped;
        }));
        return command;
    }

    private static (Option<string?> Link, Option<int?> Tcp) Places() => (
        new("--link") { Description = "Be reached by a pseudo-terminal, with this symbolic link to it.", HelpName = "PATH" },
        new("--tcp") { Description = "Be reached by this TCP port of 127.0.0.1 instead; 0 for a free one.", HelpName = "PORT" });

    /// <summary>Lets one program after the other in, until stopped.</summary>
    private static async Task ServeAsync(string? link, int? tcp, TextWriter output, Func<ILink, Task> serve, CancellationToken cancel)
    {
        if (tcp is { } port)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            await SayAsync(output, $"listening on tcp://{listener.LocalEndpoint}");
            while (!cancel.IsCancellationRequested)
            {
                try
                {
                    await using var program = TcpLink.Accepted(await listener.AcceptSocketAsync(cancel));
                    await serve(program);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }

            return;
        }

        await using var terminal = await PseudoTerminal.CreateAsync(link, cancel);
        await SayAsync(output, $"listening on {link ?? terminal.SlavePath}");
        await serve(terminal.Link);
    }

    private static async Task SayAsync(TextWriter output, string line)
    {
        await output.WriteLineAsync(line);
        await output.FlushAsync();
    }

    private static async Task<int> GuardedAsync(TextWriter errors, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (LinkException e)
        {
            await errors.WriteLineAsync($"alpaca-server: {e.Message}");
            return ExitCode.CannotListen;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            await errors.WriteLineAsync($"alpaca-server: {e.Message}");
            return ExitCode.WrongConfiguration;
        }
    }
}
