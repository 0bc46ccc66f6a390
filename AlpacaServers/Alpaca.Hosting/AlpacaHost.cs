using System.Net;
using System.Net.Sockets;
using Alpaca.Discovery;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Alpaca.Hosting;

/// <summary>
/// An Alpaca server: publishes the devices of a registry over HTTP, with the management API, pages for people and discovery.
/// It stands on Kestrel alone, without the web framework's container, configuration or middleware: that is what lets it answer at once after start.
/// </summary>
public sealed class AlpacaHost : IAsyncDisposable
{
    private readonly AlpacaHostOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServerMeter _meter = new();
    private readonly KestrelServer _server;
    private readonly AlpacaApplication _application;
    private DiscoveryResponder? _discovery;
    private bool _running;

    /// <param name="options">Where to listen and what to say.</param>
    /// <param name="devices">What to publish; may change while the server runs.</param>
    /// <exception cref="ArgumentException">The host of the options is not an address.</exception>
    public AlpacaHost(AlpacaHostOptions options, DeviceRegistry devices)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(devices);
        _options = options;
        _application = new AlpacaApplication(
            new RequestRouter(devices, new OriginCheck(options.TrustedOrigins), new ManagementApi(options, devices), new SetupPages(options, devices)),
            options,
            _meter,
            _stopping.Token);
        _server = new KestrelServer(
            Options.Create(Configure(options)),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), options.Loggers),
            options.Loggers);
    }

    /// <summary>Where the server listens, once started: <c>http://127.0.0.1:11111</c>.</summary>
    public Uri Address { get; private set; } = new("http://not.started");

    /// <summary>Starts to listen and, if the options say so, to answer discovery.</summary>
    /// <exception cref="IOException">The port is in use or the address is not one of this machine.</exception>
    /// <exception cref="DiscoveryException">The discovery port cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        await _server.StartAsync(_application, cancel);
        _running = true;
        Address = new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        if (_options.DiscoveryPort is not { } port)
            return;
        try
        {
            _discovery = new DiscoveryResponder(Address.Port, DiscoveryOptions.For(AddressOf(_options.Host), port));
            _discovery.Start();
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Stops within <see cref="AlpacaHostOptions.ShutdownTimeout"/>: requests under way are asked to end, then broken off.</summary>
    public async Task StopAsync()
    {
        if (!_running)
            return;
        _running = false;
        if (_discovery is { } discovery)
            await discovery.DisposeAsync();
        await _stopping.CancelAsync();
        using var deadline = new CancellationTokenSource(_options.ShutdownTimeout, TimeProvider.System);
        await _server.StopAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server.Dispose();
        _stopping.Dispose();
    }

    private static KestrelServerOptions Configure(AlpacaHostOptions options)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = 500;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = 16 * FormBody.Limit;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);

        // Room for the next block of an image to be transposed while the last one is sent.
        limits.MaxResponseBufferSize = 4 * ImageBytesReply.BlockBytes;
        kestrel.Listen(AddressOf(options.Host), options.Port, Http1);
        return kestrel;

        static void Http1(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
    }

    private static IPAddress AddressOf(string host) =>
        host == "*" ? Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new ArgumentException($"Cannot listen on \"{host}\": give an IP address of this machine, localhost, or * for every interface.", nameof(host));
}
