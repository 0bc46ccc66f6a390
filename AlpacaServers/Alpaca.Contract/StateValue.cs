namespace Alpaca.Contract;

/// <summary>One operational property in a DeviceState reply.</summary>
/// <param name="Name">The property's ASCOM name in Pascal case, or <c>TimeStamp</c>.</param>
/// <param name="Value">A bool, int, double, string or an enumeration's member (a number on the wire).</param>
public readonly record struct StateValue(string Name, object Value);
