using Sequencer.Core.Configuration;

namespace Sequencer.App.Night;

/// <summary>Hardware that a night can run on though nobody has it: an emulator behind a pseudo-terminal, and the server's driver for the real thing.</summary>
/// <param name="DeviceType">Whose place it takes, as the server spells it.</param>
/// <param name="Name">What people ask for.</param>
/// <param name="Driver">The server's driver.</param>
/// <param name="Emulator">The emulator's name.</param>
/// <param name="Follows">The key under <c>simulation: follow</c> by which the simulated sky follows it.</param>
/// <param name="Options">The driver's options beside the port, each after a comma.</param>
internal sealed record EmulatedHardware(string DeviceType, string Name, string Driver, string Emulator, string Follows, Func<LocationOptions, string> Options)
{
    /// <summary>What there is: one line each.</summary>
    public static IReadOnlyList<EmulatedHardware> All { get; } =
    [
        // Silence is real time: a busy machine that holds the night clock is no dead controller.
        new("dome", "astrohaven", "astrohaven", "astrohaven", "dome", _ => ", close_on_shutdown: true, silence: 20 s"),
        new("telescope", "ioptron", "ioptron", "ioptron-cem40", "mount", IOptron),
        new("telescope", "ioptron-cem120", "ioptron", "ioptron-cem120", "mount", IOptron),
        new("telescope", "ioptron-ieq30pro", "ioptron", "ioptron-ieq30pro", "mount", IOptron),
        new("telescope", "ioptron-cem60", "ioptron", "ioptron-cem60", "mount", IOptron),
    ];

    /// <summary>The names of one type, for help and messages.</summary>
    public static string Choices(string deviceType) => string.Join(", ", All.Where(h => h.DeviceType == deviceType).Select(h => h.Name)) is { Length: > 0 } names ? names : "none yet";

    /// <summary>What was asked for; a name that is null was not.</summary>
    /// <exception cref="NightException">There is no such hardware.</exception>
    public static IReadOnlyList<EmulatedHardware> Of(params (string DeviceType, string? Name)[] asked) =>
    [
        .. asked.Where(a => a.Name is not null).Select(a => All.FirstOrDefault(h => (h.DeviceType, h.Name) == (a.DeviceType, a.Name))
            ?? throw new NightException($"There is no emulated {a.DeviceType} \"{a.Name}\". There are: {Choices(a.DeviceType)}.")),
    ];

    private static string IOptron(LocationOptions site) => FormattableString.Invariant(
        $", latitude: {site.LatitudeDegrees}, longitude: {site.LongitudeDegrees}, elevation: {site.ElevationMetres}, horizon: 10, poll_idle: 2 s, poll_moving: 500 ms");
}
