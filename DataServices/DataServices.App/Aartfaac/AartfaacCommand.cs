using System.CommandLine;
using System.Globalization;
using DataServices.Aartfaac;
using DataServices.App.Hipercam;

namespace DataServices.App.Aartfaac;

/// <summary><c>aartfaac</c>: the image streams of the AARTFAAC all-sky monitor.</summary>
internal static class AartfaacCommand
{
    public static Command Create() => new("aartfaac", "Receives, replays and emulates the image streams of AARTFAAC, one per subband.")
    {
        Read(), Listen(), Emulate(),
    };

    private static Command Read()
    {
        var files = new Argument<string[]>("file") { Description = "captured byte streams, one per subband", Arity = ArgumentArity.OneOrMore };
        var policy = new Option<string>("--policy")
        {
            Description = "keyed: one group per time step; runs: consecutive equal stamps, as the original groups",
            DefaultValueFactory = _ => "keyed",
        };
        policy.AcceptOnlyFromAmong("keyed", "runs");
        var (order, json) = (Order(), Json());
        var command = new Command("read", "Reads captured streams and groups their images by time step.") { files, policy, order, json };
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            () => AartfaacReplay.RunAsync(
                result.GetRequiredValue(files), result.GetValue(policy) == "runs" ? GroupingPolicy.ConsecutiveRuns : GroupingPolicy.Keyed,
                OrderOf(result.GetValue(order)), result.GetValue(json), cancel),
            cancel));
        return command;
    }

    private static Command Listen()
    {
        var endpoints = new Argument<string[]>("endpoint") { Description = "HOST:PORT of every subband", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string?>("--out") { Description = "write a FITS cube per time step and latest.png into this folder" };
        var separate = new Option<bool>("--separate") { Description = "with --out: one FITS file per image instead of a cube" };
        var count = new Option<long?>("--count") { Description = "stop after so many groups" };
        var cadence = new Option<string>("--cadence") { Description = "time between two images of a subband", DefaultValueFactory = _ => "1s" };
        var idle = new Option<string>("--idle") { Description = "give up a connection silent for so long; 0s: never", DefaultValueFactory = _ => "30s" };
        var status = new Option<int?>("--status") { Description = "serve /metrics, /status, /health, /latest.png and /latest.fits on this port of this machine" };
        var (order, json) = (Order(), Json());
        var command = new Command("listen", "Receives live streams and shows rate, lag and gaps of every subband.")
        {
            endpoints, folder, separate, count, cadence, idle, status, order, json,
        };
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            () =>
            {
                var step = Cadence(result.GetRequiredValue(cadence));
                var options = new StreamOptions
                {
                    Cadence = step,
                    IdleTimeout = Duration(result.GetRequiredValue(idle)),
                    Order = OrderOf(result.GetValue(order)),
                };
                return AartfaacListener.RunAsync(
                    [.. result.GetRequiredValue(endpoints).Select(Endpoint)], options, result.GetValue(folder), result.GetValue(separate),
                    result.GetValue(count) ?? long.MaxValue, result.GetValue(status), result.GetValue(json), cancel);
            },
            cancel));
        return command;
    }

    private static Command Emulate()
    {
        var ports = new Option<int[]>("--ports")
        {
            Description = "TCP ports, one per subband",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [6666, 6667, 6668, 6669, 6670, 6671],
        };
        var script = new Option<string?>("--script") { Description = "what goes wrong, one line each: PORT|* TICK|* drop, delay SECONDS, late TICKS, duplicate, corrupt magic|date|length|size, close" };
        var cadence = new Option<string>("--cadence") { Description = "between two images", DefaultValueFactory = _ => "1s" };
        var width = new Option<int>("--width") { Description = "columns of the images", DefaultValueFactory = _ => 48 };
        var height = new Option<int>("--height") { Description = "rows of the images", DefaultValueFactory = _ => 32 };
        var command = new Command("emulate", "Serves synthetic streams on this machine until Ctrl-C.") { ports, script, cadence, width, height };
        command.SetAction((result, cancel) => HipercamErrors.TellAsync(
            async () =>
            {
                var file = result.GetValue(script);
                var (columns, rows) = (result.GetValue(width), result.GetValue(height));
                if (columns is < 1 or > 8192 || rows is < 1 or > 8192)
                    throw new ArgumentException($"an image of {columns} x {rows}: 1 to 8192 columns and rows are served.");
                var options = new EmulatorOptions
                {
                    Ports = result.GetRequiredValue(ports),
                    Script = file is null ? [] : EmulatorAction.ParseScript(file, await File.ReadAllLinesAsync(file, cancel)),
                    Cadence = Cadence(result.GetRequiredValue(cadence)),
                    Width = columns,
                    Height = rows,
                };
                await using var emulator = AartfaacEmulator.Start(options);
                Console.WriteLine($"serving {string.Join(' ', emulator.Endpoints)}; Ctrl-C ends it");
                await emulator.RunAsync(cancel);
                return 0;
            },
            cancel));
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "one JSON object per group and line" };

    private static Option<string> Order()
    {
        var order = new Option<string>("--order")
        {
            Description = "how the sender orders pixels: columns (as the original's emulator) or rows (as FITS)",
            DefaultValueFactory = _ => "columns",
        };
        order.AcceptOnlyFromAmong("columns", "rows");
        return order;
    }

    private static PixelOrder OrderOf(string? name) => name == "rows" ? PixelOrder.RowMajor : PixelOrder.EmulatorXMajor;

    private static AartfaacEndpoint Endpoint(string text)
    {
        try
        {
            return AartfaacEndpoint.Parse(text);
        }
        catch (FormatException error)
        {
            throw new ArgumentException(error.Message, error);
        }
    }

    private static TimeSpan Cadence(string text) => Duration(text) is var cadence && cadence >= TimeSpan.FromMilliseconds(1)
        ? cadence
        : throw new ArgumentException($"a cadence of {text}: images are at least 1ms apart.");

    // 500ms, 1s, 2.5s, 1m; seconds when no unit is given.
    private static TimeSpan Duration(string text)
    {
        var (number, unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 0.001)
            : text.EndsWith('s') ? (text[..^1], 1.0)
            : text.EndsWith('m') ? (text[..^1], 60.0)
            : (text, 1.0);
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value * unit is >= 0 and < 86400
            ? TimeSpan.FromSeconds(value * unit)
            : throw new ArgumentException($"\"{text}\" is not a duration: write for example 500ms, 1s or 2m.");
    }
}
