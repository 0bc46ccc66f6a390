using Sequencer.Safety;

namespace Sequencer.Core.Configuration;

/// <summary>The interlock.</summary>
public sealed record SafetyOptions
{
    /// <summary>How often the safety sources are asked while the dome is open. The budget from rain to close command is 2 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the mains may be away before that counts as lost (a UPS bridges it).</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A power answer of this age is unsafe.</summary>
    public TimeSpan PowerMaxAge { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Number of the switch that is on while the mains are on, on <c>alpaca.devices.switch</c>; null when there is none.</summary>
    public int? AcPowerSwitch { get; init; }

    /// <summary>Bad weather counts as safe while the dome is verified closed. It never opens the dome.</summary>
    public bool DomeClosedIsWeatherSafe { get; init; }

    /// <summary>Who wins when the weather is bad and the telescope is in the way of the roof.</summary>
    public ClosePolicy ClosePolicy { get; init; } = ClosePolicy.RainWins;

    /// <summary>Space that the system disk and the image disk must have, gigabytes (10⁹ bytes).</summary>
    public double RequiredFreeSpaceGigabytes { get; init; } = 0.25;
}
