using System.Globalization;
using Alpaca.Devices;
using Emulators.Kit;

namespace Alpaca.Devices.Tests.Sample;

/// <summary>A Stepper focuser to the byte: 500 steps a second, an end stop at 60000, a motor that can stick.</summary>
public sealed class StepperEmulator(TimeProvider clock) : WireEmulator(clock)
{
    private static readonly TimeSpan s_thinking = TimeSpan.FromMilliseconds(5);

    private string _line = "";
    private Travel _motor = Travel.AtRest(10_000, clock.GetUtcNow());

    public string SerialNumber { get; set; } = "S1";

    /// <summary>Where the motor sticks, whatever it is told; null while it runs freely.</summary>
    public double? StuckAt { get; set; }

    public double Position => StuckAt ?? _motor.PositionAt(Clock.GetUtcNow());

    public List<string> Heard { get; } = [];

    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b != '#')
            {
                _line += (char)b;
                continue;
            }

            Heard.Add(_line);
            if (Answer(_line) is { } answer)
                Send(answer + "#", s_thinking);
            _line = "";
        }
    }

    private string? Answer(string command)
    {
        var now = Clock.GetUtcNow();
        switch (command)
        {
            case "V":
                return $"STEPPER {SerialNumber}";
            case "P":
                return string.Create(CultureInfo.InvariantCulture, $"P{(int)Position:00000}{(_motor.IsMovingAt(now) ? 'M' : 'S')}");
            case "T":
                return "T-03.5";
            case "H":
                _motor = _motor.StoppedAt(now);
                return "OK";
            case ['M', .. var digits] when digits.Length == 5 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var target):
                if (target > 60_000)
                    return "ER";
                _motor = _motor.RedirectedTo(target, 500, now);
                return "OK";
            default:
                return null;
        }
    }
}
