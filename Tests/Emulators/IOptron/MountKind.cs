namespace Emulators.IOptron;

/// <summary>A mount that can be emulated.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">What it is called on its own label.</param>
/// <param name="Model">The answer to MountInfo.</param>
/// <param name="SpeaksVersion3">The dialect.</param>
/// <param name="TopSpeed">The fastest arrow speed, times sidereal.</param>
/// <param name="Firmware">The answers to FW1 and FW2.</param>
public sealed record MountKind(string Name, string Title, string Model, bool SpeaksVersion3, double TopSpeed, (string Boards, string Motors) Firmware)
{
    public static IReadOnlyList<MountKind> All { get; } =
    [
        new("ioptron-cem40", "CEM40", "0040", true, 1066, ("210420210420", "210105210105")),
        new("ioptron-cem70-ec", "CEM70-EC", "0071", true, 900, ("220310220310", "220310220310")),
        new("ioptron-cem120", "CEM120", "0120", true, 960, ("220310220310", "220310220310")),
        new("ioptron-ieq30pro", "iEQ30 Pro", "0030", false, 1200, ("170518170518", "161101161101")),
        new("ioptron-cem60", "CEM60", "0060", false, 1000, ("170518170518", "161101161101")),
        new("ioptron-cem25", "CEM25", "0025", false, 1000, ("170518170518", "170106170106")),
    ];

    public bool HasEncoders => Title.EndsWith("-EC", StringComparison.Ordinal);

    /// <summary>The CEM25 knows no parking.</summary>
    public bool HasPark => Model != "0025";

    public bool HasHomeSwitch => Model is "0040" or "0060" or "0070" or "0071" or "0120";
}
