namespace Alpaca.Devices.Links;

/// <summary>The parity bit of a serial line.</summary>
public enum SerialParity
{
    None,
    Even,
    Odd,
}
