using System.CommandLine;
using System.Globalization;
using Emulators.Kit;

namespace Emulators.IOptron;

/// <summary>Starts an emulated iOptron mount by hand: one command for each model.</summary>
internal static class IOptronCommand
{
    public static IEnumerable<Command> Create() => MountKind.All.Select(Create);

    private static Command Create(MountKind kind)
    {
        var truth = new Option<int?>("--truth") { Description = "Tell the simulated sky the true state of the mechanics on this TCP port; 0 for a free one.", HelpName = "PORT" };
        var polar = new Option<string>("--polar-error") { Description = "Error of the polar axis, arcminutes: to the east, above the pole.", HelpName = "AZ,ALT", DefaultValueFactory = _ => "5,3" };
        var cone = new Option<double>("--cone") { Description = "Angle by which the tube is not perpendicular to the declination axis, arcminutes.", DefaultValueFactory = _ => 4 };
        var periodic = new Option<double>("--periodic") { Description = "Amplitude of the worm's periodic error, arcseconds.", DefaultValueFactory = _ => 4 };
        var site = new Option<string?>("--site") { Description = "Where the mount believes it stands at power-up, degrees.", HelpName = "LAT,LONG" };
        var clockError = new Option<double>("--clock-error") { Description = "How far the mount's clock is ahead at power-up, seconds." };
        var speed = new Option<double>("--slew-speed") { Description = "Speed of slews on each axis, degrees per second.", DefaultValueFactory = _ => 5 };
        var seed = new Option<int>("--seed") { Description = "Where the chance comes from that gives the mount its own small errors of place and time at power-up; 0 for none." };
        return EmulatorCommand.Create(
            kind.Name,
            $"An iOptron {kind.Title} (model {kind.Model}, command language {(kind.SpeaksVersion3 ? "3.x" : "2.x")}) with its mechanics.",
            (clock, parsed) =>
            {
                var (azimuth, altitude) = Pair(parsed.GetValue(polar)!, "--polar-error");
                var emulator = new IOptronEmulator(kind, clock, new PointingErrors(azimuth, altitude, parsed.GetValue(cone), parsed.GetValue(periodic)));
                emulator.Mount.Motion.SlewSpeed = parsed.GetValue(speed);
                emulator.Mount.Settings.ClockError = TimeSpan.FromSeconds(parsed.GetValue(clockError));
                if (parsed.GetValue(seed) is not 0 and var number)
                    PutOff(emulator, new Random(number));
                if (parsed.GetValue(site) is { } place)
                    (emulator.Mount.Settings.Latitude, emulator.Mount.Settings.Longitude) = Pair(place, "--site");
                emulator.Mount.Settings.IsNorthern = emulator.Mount.Settings.Latitude >= 0;
                if (parsed.GetValue(truth) is { } port)
                    Console.WriteLine($"truth on 127.0.0.1:{emulator.TellTruth(port).ToString(CultureInfo.InvariantCulture)}");
                return emulator;
            },
            truth,
            polar,
            cone,
            periodic,
            site,
            clockError,
            speed,
            seed);
    }

    /// <summary>A mount that comes out of its box: a clock some seconds off, and the maker's site.</summary>
    private static void PutOff(IOptronEmulator emulator, Random chance)
    {
        emulator.Mount.Settings.ClockError += TimeSpan.FromSeconds((20 * chance.NextDouble()) - 10);
        emulator.Mount.Settings.Longitude = Math.Round((2 * chance.NextDouble()) - 1, 4);
    }

    private static (double First, double Second) Pair(string text, string option)
    {
        var parts = text.Split(',');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            ? (first, second)
            : throw new FormatException($"{option} takes two numbers with a comma between, not \"{text}\".");
    }
}
