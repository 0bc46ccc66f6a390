namespace Alpaca.Client;

/// <summary>A device as its server lists it.</summary>
/// <param name="Name">A name for people.</param>
/// <param name="DeviceType">The type as URLs spell it, all lower case.</param>
/// <param name="Number">Its number among the server's devices of that type.</param>
/// <param name="UniqueID">What stays the same whatever the server's address and the device's number.</param>
public sealed record ConfiguredDevice(string Name, string DeviceType, int Number, string UniqueID);
