namespace Alpaca.Devices;

/// <summary>Who a device is.</summary>
/// <param name="Name">A short name for people.</param>
/// <param name="Description">Maker, model, serial number; at most 68 characters, so that it fits a FITS card.</param>
/// <param name="UniqueId">Unguessable, survives power-down, never changes once given.</param>
/// <param name="DriverInfo">What the driver is and where its help is.</param>
/// <param name="DriverVersion"><c>major.minor</c>.</param>
public sealed record DeviceIdentity(string Name, string Description, string UniqueId, string DriverInfo, string DriverVersion)
{
    /// <summary>The longest description that fits a FITS string card.</summary>
    public const int LongestDescription = 68;

    /// <summary>Maker, model, serial number; at most 68 characters.</summary>
    public string Description { get; init; } = Description.Length <= LongestDescription
        ? Description
        : throw new ArgumentException($"A device description has at most {LongestDescription} characters, this one {Description.Length}.", nameof(Description));
}
