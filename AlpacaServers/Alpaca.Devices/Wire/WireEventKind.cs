namespace Alpaca.Devices.Wire;

/// <summary>What a line of a recording tells; the value is the mark in the file.</summary>
public enum WireEventKind
{
    /// <summary>The driver sent bytes.</summary>
    Sent = '>',

    /// <summary>The device sent bytes.</summary>
    Received = '<',

    /// <summary>The port was opened.</summary>
    Opened = 'o',

    /// <summary>The port was closed.</summary>
    Closed = 'c',

    /// <summary>Something failed.</summary>
    Failed = '!',
}
