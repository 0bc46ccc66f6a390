using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>Section <c>server</c>: where it listens and what it says about itself.</summary>
internal sealed record ServerOptions
{
    [Option("Address to listen on: 127.0.0.1 for this machine only, an address of one interface, or * for every interface.", Example = "*")]
    public string Host { get; init; } = "127.0.0.1";

    [Option("TCP port of the Alpaca API; 0 takes a free one.", Minimum = 0, Maximum = 65535)]
    public int Port { get; init; } = 11111;

    [Option("UDP port of discovery. Clients look for servers at 32227.", Minimum = 0, Maximum = 65535, Advanced = true)]
    public int DiscoveryPort { get; init; } = 32227;

    [Option("TCP port that discovery tells clients, where it is another than port: behind a forwarded port. Not set: port.", Minimum = 1, Maximum = 65535, Advanced = true)]
    public int? AdvertisedPort { get; init; }

    [Option("What clients show as the server's name.")]
    public string Name { get; init; } = "Alpaca observatory server";

    [Option("Where the observatory is, for people. Not set: the site's name.")]
    public string? Location { get; init; }

    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
            yield return "name: a server needs a name.";
    }
}
