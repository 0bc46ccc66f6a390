using System.Globalization;

namespace DataServices.Aartfaac;

/// <summary>Where one subband is served.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
public readonly record struct AartfaacEndpoint(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c> or <c>[address]:port</c>.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static AartfaacEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            throw new FormatException($"\"{text}\" is not an endpoint: write HOST:PORT, for example 127.0.0.1:6666.");
        return new AartfaacEndpoint(text[..colon].Trim('[', ']'), port);
    }

    /// <summary>Pairs hosts with ports one to one.</summary>
    /// <exception cref="ArgumentException">There are not as many hosts as ports.</exception>
    public static IReadOnlyList<AartfaacEndpoint> Pair(IReadOnlyList<string> hosts, IReadOnlyList<int> ports)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(ports);
        return hosts.Count == ports.Count
            ? [.. hosts.Zip(ports, (host, port) => new AartfaacEndpoint(host, port))]
            : throw new ArgumentException($"{hosts.Count} hosts and {ports.Count} ports: each host needs one port.");
    }

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
