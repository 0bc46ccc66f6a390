using System.CommandLine;
using System.Globalization;
using Emulators.Kit;

namespace Emulators.Astrohaven;

/// <summary><c>astrohaven</c>: the dome's controller on a pseudo-terminal or a TCP port.</summary>
internal static class AstrohavenCommand
{
    public static Command Create()
    {
        var open = new Option<bool>("--open") { Description = "Begin with both leaves open." };
        var truth = new Option<int?>("--truth") { Description = "Tell the simulated sky the true state of the leaves on this TCP port; 0 for a free one.", HelpName = "PORT" };
        var seed = new Option<int>("--seed") { Description = "Taken for the sake of whoever starts several emulators alike; nothing here is left to chance." };
        return EmulatorCommand.Create(
            "astrohaven",
            "An Astrohaven clamshell dome: the Vision 130 controller, two leaves with their limits.",
            (clock, parsed) =>
            {
                var emulator = new AstrohavenEmulator(clock);
                if (parsed.GetValue(open))
                    (emulator.A, emulator.B) = (AstrohavenEmulator.FullyOpen, AstrohavenEmulator.FullyOpen);
                if (parsed.GetValue(truth) is { } port)
                    Console.WriteLine($"truth on 127.0.0.1:{emulator.TellTruth(port).ToString(CultureInfo.InvariantCulture)}");
                return emulator;
            },
            open,
            truth,
            seed);
    }
}
