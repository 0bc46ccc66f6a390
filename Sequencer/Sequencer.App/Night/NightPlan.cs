using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Alpaca.Astronomy;
using Sequencer.Core.Configuration;

namespace Sequencer.App.Night;

/// <summary>Everything that is decided before a simulated night begins: when, where, with which files.</summary>
/// <param name="Directory">The night's own directory: journal, images, records, logs.</param>
/// <param name="Configuration">The observatory, with paths into that directory.</param>
/// <param name="Start">Shortly before sunset, UTC.</param>
/// <param name="DiscoveryPort">A UDP port of this night's own, so that it finds its own server and no other.</param>
/// <param name="Hardware">The emulated hardware of this night, with the TCP ports on which it tells the truth about itself.</param>
internal sealed record NightPlan(
    string Directory, ObservatoryConfiguration Configuration, DateTimeOffset Start, int DiscoveryPort, IReadOnlyList<(EmulatedHardware Hardware, int TruthPort)> Hardware)
{
    private static readonly TimeSpan _beforeSunset = TimeSpan.FromMinutes(15);

    /// <summary>The journal.</summary>
    public string Journal => Path.Combine(Directory, "journal.jsonl");

    /// <summary>The file through which server and sequencer share the clock.</summary>
    public string ClockFile => Path.Combine(Directory, "clock");

    /// <summary>The device server's configuration, written by <see cref="Make"/>.</summary>
    public string ServerConfiguration => Path.Combine(Directory, "server.yaml");

    /// <summary>What the device server says.</summary>
    public string ServerLog => Path.Combine(Directory, "server.log");

    /// <summary>Makes the plan and its directory.</summary>
    public static NightPlan Make(NightArguments arguments, TimeProvider realTime)
    {
        var configuration = ConfigurationFile.Load(arguments.Configuration ?? Shipped("observatory.yaml"));
        if (arguments.Site is { } site)
            configuration = configuration with { Location = At(configuration.Location, site) };
        var (evening, start) = Evening(configuration.Location, arguments.Date, realTime);
        var directory = MakeDirectory(arguments.Out, evening);
        var fields = Path.GetFullPath(arguments.Fields ?? Path.Combine(configuration.Directories.Fields, configuration.Scheduler.FieldsFile));
        configuration = configuration with
        {
            Directories = configuration.Directories with
            {
                Base = directory,
                Images = Path.Combine(directory, "images"),
                Logs = Path.Combine(directory, "logs"),
                Fields = Path.GetDirectoryName(fields)!,
            },
            Db = configuration.Db with { Folder = Path.Combine(directory, "json_store") },
            Scheduler = configuration.Scheduler with { FieldsFile = Path.GetFileName(fields) },
        };
        var plan = new NightPlan(directory, configuration, start, FreePort(SocketType.Dgram), [.. arguments.Hardware.Select(h => (h, FreePort(SocketType.Stream)))]);
        File.WriteAllText(plan.ServerConfiguration, plan.ServerYaml(arguments));
        return plan;
    }

    private static string Shipped(string file) => Path.Combine(AppContext.BaseDirectory, "deploy", file);

    private static LocationOptions At(LocationOptions location, string site)
    {
        var parts = site.Split(',', StringSplitOptions.TrimEntries);
        var numbers = parts.Select(p => double.TryParse(p, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN).ToArray();
        if (numbers.Length is not (2 or 3) || numbers.Any(double.IsNaN) || Math.Abs(numbers[0]) > 90 || Math.Abs(numbers[1]) > 180)
            throw new NightException($"--site {site} is not a place; write latitude,longitude,elevation, for example \"52.1,5.2,10\" (degrees, east positive, metres).");
        var elevation = numbers.Length == 3 ? numbers[2] : 0;
        if (elevation is not (>= -300 and <= 10000))
            throw new NightException($"--site {site}: the elevation must be -300 to 10000 m.");
        var name = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(numbers[0]):0.##} {(numbers[0] < 0 ? "S" : "N")} {Math.Abs(numbers[1]):0.##} {(numbers[1] < 0 ? "W" : "E")}");
        return location with
        {
            Name = name,
            LatitudeDegrees = numbers[0],
            LongitudeDegrees = numbers[1],
            ElevationMetres = elevation,
            PressureHectopascal = Site.FromDegrees(name, numbers[0], numbers[1], elevation).Pressure,
            Timezone = "UTC",
            GmtOffsetMinutes = 0,
        };
    }

    private static (DateOnly Evening, DateTimeOffset Start) Evening(LocationOptions location, DateOnly? date, TimeProvider realTime)
    {
        var almanac = new Almanac(location.Site());
        var evening = date ?? almanac.EveningOf(realTime.GetUtcNow());
        var night = almanac.NightOf(evening, Almanac.SunriseAltitude)
            ?? throw new NightException($"On {evening:yyyy-MM-dd} the Sun does not set at {location.Name}. Choose another date or site.");
        return (evening, night.Start - _beforeSunset);
    }

    /// <summary>A directory that is not there yet: an earlier night of the same date is kept.</summary>
    private static string MakeDirectory(string root, DateOnly evening)
    {
        var name = evening.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var again = 1; ; again++)
        {
            var path = Path.GetFullPath(Path.Combine(root, again == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{again}")));
            if (System.IO.Directory.Exists(path))
                continue;
            System.IO.Directory.CreateDirectory(path);
            return path;
        }
    }

    /// <summary>The name under which an emulator's port is found.</summary>
    public string PortOf(EmulatedHardware hardware) => Path.Combine(Directory, hardware.Driver + ".port");

    /// <summary>What an emulator says.</summary>
    public string LogOf(EmulatedHardware hardware) => Path.Combine(Directory, hardware.Driver + ".log");

    private static int FreePort(SocketType type)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, ProtocolType.IP);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private string ServerYaml(NightArguments arguments)
    {
        var site = Configuration.Location;
        var yaml = new StringBuilder();
        yaml.AppendLine("# The device server of this night; written by the night itself.");
        yaml.AppendLine(CultureInfo.InvariantCulture, $"site: {{name: \"{site.Name}\", latitude: {site.LatitudeDegrees}, longitude: {site.LongitudeDegrees}, elevation: {site.ElevationMetres}}}");
        var follow = string.Join(", ", Hardware.Select(h => string.Create(CultureInfo.InvariantCulture, $"{h.Hardware.Follows}: \"127.0.0.1:{h.TruthPort}\"")));
        yaml.AppendLine(CultureInfo.InvariantCulture, $"simulation: {{seed: {arguments.Seed}, weather: \"{arguments.Weather}\"{(follow.Length > 0 ? $", follow: {{{follow}}}" : "")}}}");
        yaml.AppendLine("devices:");
        foreach (var camera in Configuration.Cameras.Devices)
            yaml.AppendLine(CultureInfo.InvariantCulture, $"  - {{type: camera, driver: simulator, number: {camera.Device.Number}, name: \"{camera.Name}\"}}");
        foreach (var type in (string[])["covercalibrator", "dome", "filterwheel", "focuser", "observingconditions", "rotator", "safetymonitor", "switch", "telescope"])
        {
            var emulated = Hardware.Select(h => h.Hardware).FirstOrDefault(h => h.DeviceType == type);
            yaml.AppendLine(emulated is null
                ? $"  - {{type: {type}, driver: simulator, number: 0}}"
                : $"  - {{type: {type}, driver: {emulated.Driver}, number: 0, port: \"{PortOf(emulated)}\"{emulated.Options(site)}}}");
        }

        return yaml.ToString();
    }
}
