using System.CommandLine;
using System.Globalization;
using Alpaca.Astronomy.Clocks;

namespace Emulators.Kit;

/// <summary>
/// What starts a wire emulator by hand: <c>emulate NAME --link PATH | --port N [--clock FILE]</c>. While it runs it obeys faults typed on its
/// standard input.
/// </summary>
public static class EmulatorCommand
{
    private const string Typed = """
        While it runs, type faults on standard input: unplug, plug, silence SECONDS, drop BYTES, corrupt BYTES, deaf BYTES
        """;

    /// <summary>The command of one emulator. Options of its own are added to what is returned and read in <paramref name="create"/>.</summary>
    /// <param name="name">What people type.</param>
    /// <param name="description">What it emulates.</param>
    /// <param name="create">Makes the emulator, on the clock it is given.</param>
    /// <param name="options">The emulator's own options.</param>
    public static Command Create(string name, string description, Func<TimeProvider, ParseResult, WireEmulator> create, params Option[] options)
    {
        var link = new Option<string?>("--link") { Description = "Answer on a pseudo-terminal, and make this symbolic link to it: the driver's port.", HelpName = "PATH" };
        var port = new Option<int?>("--port") { Description = "Answer on this TCP port; 0 for a free one.", HelpName = "PORT" };
        var clock = new Option<FileInfo?>("--clock") { Description = "Follow the accelerated clock that another process keeps in this file.", HelpName = "FILE" };
        var lifeline = new Option<bool>("--until-stdin-closes") { Description = "End when standard input closes: for a program that starts an emulator of its own." };
        var command = new Command(name, $"{description}\n\n{Typed}") { link, port, clock, lifeline };
        foreach (var option in options)
            command.Options.Add(option);
        command.SetAction(async (parsed, cancel) =>
        {
            using var shared = parsed.GetValue(clock) is { } file ? AcceleratedClock.Open(file.FullName) : null;
            var emulator = create(shared is null ? TimeProvider.System : shared, parsed);
            IEmulatorPort place = parsed.GetValue(port) is { } number
                ? await TcpPort.CreateAsync(emulator, number)
                : await PtyPort.CreateAsync(emulator, parsed.GetValue(link));
            await using (emulator as IAsyncDisposable)
            await using (place)
            {
                await Console.Out.WriteLineAsync($"listening on {place.Name}");
                await Console.Out.FlushAsync(CancellationToken.None);
                var typing = ObeyAsync(emulator, place, Console.In, Console.Out, cancel);
                var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = cancel.Register(() => stopped.TrySetResult());
                await (parsed.GetValue(lifeline) ? Task.WhenAny(stopped.Task, typing) : stopped.Task);
                if (typing.IsFaulted)
                    await typing;
            }
        });
        return command;
    }

    /// <summary>Obeys what is typed until the input ends.</summary>
    internal static async Task ObeyAsync(WireEmulator emulator, IEmulatorPort place, TextReader input, TextWriter output, CancellationToken cancel)
    {
        try
        {
            while (await input.ReadLineAsync(cancel) is { } line)
            {
                if (!await ObeyAsync(emulator, place, line.Trim()))
                    await output.WriteLineAsync($"unknown: {line}. Known: unplug, plug, silence SECONDS, drop BYTES, corrupt BYTES, deaf BYTES{(emulator.Commands.Length > 0 ? $", {emulator.Commands}" : "")}");
            }
        }
        catch (OperationCanceledException)
        {
            // The emulator ends.
        }
    }

    private static async ValueTask<bool> ObeyAsync(WireEmulator emulator, IEmulatorPort place, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length > 1 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        switch (words.FirstOrDefault())
        {
            case null:
                return true;
            case "unplug":
                await place.UnplugAsync();
                return true;
            case "plug":
                await place.PlugInAsync();
                return true;
            case "silence":
                emulator.Change(() => emulator.Faults.Silence(TimeSpan.FromSeconds(count)));
                return true;
            case "drop":
                emulator.Change(() => emulator.Faults.DropNext(count));
                return true;
            case "corrupt":
                emulator.Change(() => emulator.Faults.CorruptNext(count));
                return true;
            case "deaf":
                emulator.Change(() => emulator.Faults.DeafForNext(count));
                return true;
            default:
                return emulator.Obey(line);
        }
    }
}
