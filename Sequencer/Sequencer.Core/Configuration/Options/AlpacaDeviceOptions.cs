namespace Sequencer.Core.Configuration;

/// <summary>One Alpaca device.</summary>
public sealed record AlpacaDeviceOptions
{
    /// <summary>Host name or address; null finds it by discovery.</summary>
    public string? Host { get; init; }

    /// <summary>TCP port of the server, with a host.</summary>
    public int Port { get; init; } = 11111;

    /// <summary>Alpaca device type in lower case, fixed by the role: <c>camera</c>, <c>telescope</c>, ...</summary>
    public required string Type { get; init; }

    /// <summary>Device number on its server.</summary>
    public int Number { get; init; }

    /// <summary>The device's UniqueID; when given, only that device will do, wherever it is found.</summary>
    public string? UniqueId { get; init; }
}
