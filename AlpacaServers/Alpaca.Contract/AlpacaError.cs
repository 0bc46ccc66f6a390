namespace Alpaca.Contract;

/// <summary>The error numbers of the ASCOM Alpaca standard. 0x500 to 0xFFF are free for drivers.</summary>
public enum AlpacaError
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The device has no such member.</summary>
    NotImplemented = 0x400,

    /// <summary>A parameter is out of its range.</summary>
    InvalidValue = 0x401,

    /// <summary>The value has never been set.</summary>
    ValueNotSet = 0x402,

    /// <summary>The device is not connected.</summary>
    NotConnected = 0x407,

    /// <summary>Not allowed while parked.</summary>
    InvalidWhileParked = 0x408,

    /// <summary>Not allowed while slaved.</summary>
    InvalidWhileSlaved = 0x409,

    /// <summary>Not allowed in the device's present state.</summary>
    InvalidOperation = 0x40B,

    /// <summary>The device has no such action.</summary>
    ActionNotImplemented = 0x40C,

    /// <summary>The operation was cancelled before it completed.</summary>
    OperationCancelled = 0x40E,

    /// <summary>A driver's own error; the message says which.</summary>
    Driver = 0x500,
}
