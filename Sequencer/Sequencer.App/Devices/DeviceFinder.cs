using System.Net;
using System.Net.Sockets;
using Alpaca.Client;
using Alpaca.Contract;
using Alpaca.Discovery;
using Sequencer.Core.Configuration;

namespace Sequencer.App.Devices;

/// <summary>Turns the devices that a configuration names into clients: found by discovery, by unique ID, or at a given address.</summary>
internal sealed class DeviceFinder : IDisposable
{
    private readonly AlpacaOptions _options;
    private readonly AlpacaClientOptions _client;
    private readonly Dictionary<Uri, AlpacaConnection> _connections = [];
    private readonly List<AlpacaServer> _servers = [];
    private readonly KnownServers _known;

    /// <param name="options">The configuration's section on Alpaca.</param>
    /// <param name="client">How connections treat their servers.</param>
    public DeviceFinder(AlpacaOptions options, AlpacaClientOptions client) =>
        (_options, _client, _known) = (options, client, new KnownServers(options.Servers));

    /// <summary>The servers known so far.</summary>
    public IReadOnlyList<AlpacaServer> Servers => _servers;

    /// <summary>Asks the network for servers, and then each server for its devices.</summary>
    public async Task DiscoverAsync(FinderOptions finder, CancellationToken cancel)
    {
        var found = await AlpacaFinder.FindAsync(finder, cancel);
        foreach (var address in _known.Addresses.Concat(found.Select(f => _known.AddressOf(f.EndPoint.Address, f.EndPoint.Port) ?? f.BaseAddress)).Distinct())
        {
            // One server that cannot be used must not hide the others.
            var asked = await ServerInquiry.AskAsync(address, OptionsFor(address), cancel);
            if (asked.Server is { } server)
                Add(server);
            else
                await Console.Error.WriteLineAsync($"{address} cannot be used: {asked.Failure!.Message}{Advice(asked)}");
        }
    }

    /// <summary>A client of the device a role asks for.</summary>
    /// <param name="wanted">What the configuration says.</param>
    /// <param name="role">The role's key in the configuration, for messages.</param>
    /// <exception cref="DeviceNotFoundException">There is no such device; the message lists those there are.</exception>
    public async Task<T> FindAsync<T>(AlpacaDeviceOptions wanted, string role, CancellationToken cancel)
        where T : class, IAlpacaDevice
    {
        if (wanted.Host is not null && wanted.UniqueId is null)
            return DeviceClients.Create<T>(await ConnectionAsync(wanted.Host, wanted.Port, cancel), wanted.Number);

        if (wanted.Host is not null)
            Add(await AlpacaServer.ReadAsync(await ConnectionAsync(wanted.Host, wanted.Port, cancel), cancel));
        var candidates = _servers
            .SelectMany(server => server.Devices.Select(device => (server, device)))
            .Where(c => c.device.DeviceType == wanted.Type)
            .Where(c => wanted.UniqueId is null ? c.device.Number == wanted.Number : c.device.UniqueID == wanted.UniqueId)
            .ToList();
        return candidates.Count switch
        {
            1 => (T)DeviceClients.Create(candidates[0].device, Connection(candidates[0].server.BaseAddress)),
            0 => throw new DeviceNotFoundException($"{role}: {Describe(wanted)} was not found. {Known(wanted.Type)}"),
            _ => throw new DeviceNotFoundException(
                $"{role}: {Describe(wanted)} is there more than once: {string.Join(", ", candidates.Select(c => c.server.BaseAddress))}. Name its host or its unique_id in the configuration."),
        };
    }

    /// <summary>All servers' addresses as one connection each; disposing the finder closes them.</summary>
    public void Dispose()
    {
        foreach (var connection in _connections.Values)
            connection.Dispose();
    }

    private static string Describe(AlpacaDeviceOptions wanted) =>
        wanted.UniqueId is { } id ? $"the {wanted.Type} with the unique ID {id}" : $"{wanted.Type} {wanted.Number}";

    private async Task<Uri> AddressAsync(string host, int port, CancellationToken cancel)
    {
        if (_known.AddressOf(host, port) is { } known)
            return known;
        var address = await ResolveAsync(host, cancel);
        return _known.AddressOf(address, port)
            ?? new(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"http://[{address}]:{port}" : $"http://{address}:{port}");
    }

    private static async Task<IPAddress> ResolveAsync(string host, CancellationToken cancel)
    {
        if (IPAddress.TryParse(host, out var address))
            return address;
        try
        {
            return (await Dns.GetHostAddressesAsync(host, cancel)).FirstOrDefault()
                ?? throw new DeviceNotFoundException($"The host {host} has no address.");
        }
        catch (SocketException e)
        {
            throw new DeviceNotFoundException($"The host {host} is not known: {e.Message}.");
        }
    }

    private string Known(string type)
    {
        var known = _servers.SelectMany(s => s.Devices.Where(d => d.DeviceType == type).Select(d => $"{d.Number} \"{d.Name}\" at {s.BaseAddress} (unique_id {d.UniqueID})")).ToList();
        return known.Count > 0 ? $"Found of that type: {string.Join(", ", known)}."
            : _servers.Count > 0 ? $"None of the {_servers.Count} server(s) found has a {type}."
            : "No Alpaca server was found at all; is it running, and on this network? ./alpaca discover shows what is there.";
    }

    private async Task<AlpacaConnection> ConnectionAsync(string host, int port, CancellationToken cancel) => Connection(await AddressAsync(host, port, cancel));

    private AlpacaConnection Connection(Uri address)
    {
        if (!_connections.TryGetValue(address, out var connection))
            _connections[address] = connection = Connect(address);
        return connection;
    }

    private AlpacaConnection Connect(Uri address) => new(address, OptionsFor(address));

    private AlpacaClientOptions OptionsFor(Uri address)
    {
        try
        {
            var options = _known.Apply(_client with { RequestTimeout = _options.RequestTimeout }, address);
            _ = ServerTrust.CheckOf(options);
            return options;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new DeviceNotFoundException($"alpaca.servers, {address}: {e.Message}");
        }
    }

    private static string Advice(ServerInquiry asked) =>
        asked.Fingerprint is not null ? $" It speaks https, which discovery cannot say. Enter it in the configuration: alpaca: {{servers: [{{address: \"{asked.Address.GetLeftPart(UriPartial.Authority)}\", fingerprint: \"{asked.Fingerprint}\"}}]}}."
        : asked.AsksForCredentials ? $" Enter it in the configuration: alpaca: {{servers: [{{address: \"{asked.Address.GetLeftPart(UriPartial.Authority)}\", credential_file: FILE}}]}}."
        : string.Empty;

    private void Add(AlpacaServer server)
    {
        if (!_servers.Any(server.IsSameAs))
            _servers.Add(server);
    }
}
