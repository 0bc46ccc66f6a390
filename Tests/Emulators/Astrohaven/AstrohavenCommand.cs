using System.CommandLine;
using Emulators.Kit;

namespace Emulators.Astrohaven;

/// <summary><c>astrohaven</c>: the dome's controller on a pseudo-terminal or a TCP port.</summary>
internal static class AstrohavenCommand
{
    public static Command Create()
    {
        var open = new Option<bool>("--open") { Description = "Begin with both leaves open." };
        return EmulatorCommand.Create(
            "astrohaven",
            "An Astrohaven clamshell dome: the Vision 130 controller, two leaves with their limits.",
            (clock, parsed) =>
            {
                var emulator = new AstrohavenEmulator(clock);
                if (parsed.GetValue(open))
                    (emulator.A, emulator.B) = (AstrohavenEmulator.FullyOpen, AstrohavenEmulator.FullyOpen);
                return emulator;
            },
            open);
    }
}
