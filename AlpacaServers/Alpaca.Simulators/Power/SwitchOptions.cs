using Alpaca.Devices.Options;

namespace Alpaca.Simulators.Power;

/// <summary>One switch or gauge of the simulated power box.</summary>
public sealed record SwitchChannel(
    [property: Option("What it is called at the start.", Required = true)] string Name,
    [property: Option("What it is for.")] string Description,
    [property: Option("Lowest value.", Minimum = 0)] double Minimum = 0,
    [property: Option("Highest value.", Minimum = 0)] double Maximum = 1,
    [property: Option("Smallest change.", Minimum = 1e-6)] double Step = 1,
    [property: Option("False for a gauge.", Key = "writable")] bool CanWrite = true,
    [property: Option("Value at the start; for a gauge, the mean of what it measures.")] double Initial = 0,
    [property: Option("Time a change takes.", Unit = "s", Minimum = 0, Maximum = 600)] double SecondsPerChange = 0)
{
    public IEnumerable<string> Validate()
    {
        if (Maximum <= Minimum)
            yield return "maximum: it must be above the minimum.";
        else if (Step > Maximum - Minimum)
            yield return "step: it must not exceed the range from minimum to maximum.";
        if (Initial < Minimum || Initial > Maximum)
            yield return "initial: it must lie between minimum and maximum.";
    }
}

/// <summary>The simulated power box: by default five relays, two dimmers, and gauges of mains, battery and current.</summary>
public sealed record SwitchOptions : DeviceOptions
{
    [Option("Its switches and gauges, from number 0.", Key = "switches")]
    public IReadOnlyList<SwitchChannel> Channels { get; init; } =
    [
        new("weather_station", "Relay 0: power of the weather station", Initial: 1),
        new("unused1", "Relay 1: free"),
        new("fans", "Relay 2: fans of the control box", Initial: 1),
        new("unused3", "Relay 3: free"),
        new("mount", "Relay 4: power of the mount", Initial: 1),
        new("dew_heater", "Heater against dew, percent", 0, 100, 5, SecondsPerChange: 0.5),
        new("ac_ok", "1 while the mains are there", CanWrite: false, Initial: 1),
        new("battery_low", "1 while the battery is low", CanWrite: false),
        new("main_current", "Current from the mains supply, ampere", 0, 10, 0.1, CanWrite: false, Initial: 1.8),
        new("mount_current", "Current of the mount, ampere", 0, 5, 0.1, CanWrite: false, Initial: 0.6),
    ];
}
