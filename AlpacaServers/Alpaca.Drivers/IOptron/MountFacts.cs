using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <summary>What the handshake found out: it does not change while connected.</summary>
internal sealed record MountFacts(MountModel Model, MountLanguage Language)
{
    /// <summary>Dates of main board, hand controller, and the two motor boards, year month day.</summary>
    public IReadOnlyList<string> Firmware { get; init; } = [];

    /// <summary>What is wrong with the firmware, or nothing.</summary>
    public string FirmwareWarning { get; init; } = "";

    /// <summary>How fast the nine arrow speeds are, degrees per second; the first is speed 1.</summary>
    public IReadOnlyList<double> ArrowRates { get; init; } = [];

    /// <summary>True on mounts with encoders whose filter for right ascension pulses is on: they then ignore those pulses.</summary>
    public bool IgnoresRightAscensionPulses { get; init; }

    /// <summary>True if <see cref="MountLanguage.Park"/> may be used.</summary>
    public bool CanParkItself => Model.HasPark;

    public bool IsGerman => Model.Alignment == AlignmentMode.GermanPolar;
}
