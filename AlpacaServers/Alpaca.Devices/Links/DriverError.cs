namespace Alpaca.Devices.Links;

/// <summary>The error numbers that all drivers share, from the range that the standard leaves to drivers (0x500 to 0xFFF).</summary>
public static class DriverError
{
    /// <summary>No answer in time, or the link is down.</summary>
    public const int LinkTimeout = 0x500;

    /// <summary>An answer that cannot be one.</summary>
    public const int MalformedReply = 0x501;

    /// <summary>The device refused the command.</summary>
    public const int Rejected = 0x502;

    /// <summary>A motion did not end where and when it should.</summary>
    public const int MoveTimeout = 0x503;

    /// <summary>Firmware too old, or a model that the driver does not know.</summary>
    public const int UnknownModel = 0x504;

    /// <summary>The vendor's library is not installed.</summary>
    public const int LibraryMissing = 0x505;

    /// <summary>The vendor's library reports an error.</summary>
    public const int LibraryError = 0x506;

    /// <summary>The device was unplugged.</summary>
    public const int Removed = 0x507;

    /// <summary>Another device answers on this port.</summary>
    public const int WrongDevice = 0x508;

    /// <summary>The device must be calibrated first.</summary>
    public const int CalibrationNeeded = 0x509;
}
