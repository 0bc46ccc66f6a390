namespace Alpaca.Devices.Links;

/// <summary>How a serial line is set. What a device needs is the driver's knowledge; ports that are no serial lines (TCP) ignore it.</summary>
/// <param name="BaudRate">Bits per second.</param>
public sealed record SerialSettings(int BaudRate = 9600)
{
    /// <summary>5 to 8.</summary>
    public int DataBits { get; init; } = 8;

    /// <summary>Whether and how a parity bit is sent.</summary>
    public SerialParity Parity { get; init; }

    /// <summary>1 or 2.</summary>
    public int StopBits { get; init; } = 1;

    /// <summary>RTS/CTS flow control.</summary>
    public bool HardwareFlowControl { get; init; }

    /// <summary>Leaves DTR raised when the port is closed: for boards (Arduino) that reset whenever it drops.</summary>
    public bool KeepDtr { get; init; }

    /// <summary>DTR after opening; null leaves it to the system, which raises it.</summary>
    public bool? Dtr { get; init; }

    /// <summary>RTS after opening; null leaves it to the system, which raises it.</summary>
    public bool? Rts { get; init; }

    /// <summary>How long one byte takes on the line.</summary>
    public TimeSpan ByteTime => TimeSpan.FromSeconds((1.0 + DataBits + (Parity == SerialParity.None ? 0 : 1) + StopBits) / BaudRate);

    /// <summary>The shortest silence that proves a reply over: two bytes, but never less than the latency of USB adapters.</summary>
    public TimeSpan QuietTime => TimeSpan.FromSeconds(Math.Max(0.02, 2 * ByteTime.TotalSeconds));

    public override string ToString() => $"{BaudRate} baud, {DataBits}{(Parity == SerialParity.None ? 'N' : Parity == SerialParity.Even ? 'E' : 'O')}{StopBits}";
}
