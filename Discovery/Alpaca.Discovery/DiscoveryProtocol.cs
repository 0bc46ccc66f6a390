using System.Net;
using System.Text;
using System.Text.Json;

namespace Alpaca.Discovery;

/// <summary>Alpaca's discovery: a client shouts one datagram, every server whispers its HTTP port back to the sender.</summary>
public static class DiscoveryProtocol
{
    /// <summary>The UDP port of the standard; IANA knows it as <c>alpacadiscovery</c>.</summary>
    public const int Port = 32227;

    /// <summary>Longest datagram that either side reads, bytes. Version 1 needs 16 and about 20; the rest is room for later versions.</summary>
    public const int MaximumDatagram = 512;

    /// <summary>The IPv6 multicast group of the standard: transient, link-local scope.</summary>
    public static IPAddress MulticastGroup { get; } = IPAddress.Parse("ff12::a1:9aca");

    /// <summary>What a request starts with; anything may follow it.</summary>
    internal static ReadOnlyMemory<byte> Request { get; } = Encoding.ASCII.GetBytes("alpacadiscovery1");

    internal static bool IsRequest(ReadOnlySpan<byte> datagram) => datagram.StartsWith(Request.Span);

    internal static byte[] Reply(int alpacaPort) => Encoding.ASCII.GetBytes(FormattableString.Invariant($"{{\"AlpacaPort\":{alpacaPort}}}"));

    /// <summary>The port in a reply, or null if the datagram is none. Some servers spell the key in another case.</summary>
    internal static int? PortIn(ReadOnlySpan<byte> datagram)
    {
        var json = new Utf8JsonReader(datagram);
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isPort = string.Equals(json.GetString(), "AlpacaPort", StringComparison.OrdinalIgnoreCase);
                json.Read();
                if (isPort)
                    return json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port : null;
                json.Skip();
            }
        }
        catch (JsonException)
        {
            return null;
        }

        return null;
    }
}
