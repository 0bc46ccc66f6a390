namespace Alpaca.Simulators.Power;

/// <summary>One switch or gauge of the simulated power box.</summary>
/// <param name="Name">What it is called at the start.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Minimum">Lowest value, 0 or more.</param>
/// <param name="Maximum">Highest value.</param>
/// <param name="Step">Smallest change.</param>
/// <param name="CanWrite">False for a gauge.</param>
/// <param name="Initial">Value at the start; for a gauge, the mean of what it measures.</param>
/// <param name="SecondsPerChange">Time a change takes.</param>
public sealed record SwitchChannel(
    string Name,
    string Description,
    double Minimum = 0,
    double Maximum = 1,
    double Step = 1,
    bool CanWrite = true,
    double Initial = 0,
    double SecondsPerChange = 0);

/// <summary>The simulated power box: by default five relays, two dimmers, and gauges of mains, battery and current.</summary>
public sealed record SwitchOptions : DeviceOptions
{
    /// <summary>Its switches, from number 0.</summary>
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
