using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Alpaca.Discovery;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
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
    private readonly ConnectionGate _connections;
    private readonly DeviceWatch _watch;
    private readonly IHost? _services;
    private readonly DeviceRegistry _devices;
    private readonly ImageTraffic _images;
    private readonly KestrelServer _server;
    private readonly AlpacaApplication _application;
    private DiscoveryResponder? _discovery;
    private Task _warmingUp = Task.CompletedTask;
    private bool _running;

    /// <param name="options">Where to listen and what to say.</param>
    /// <param name="devices">What to publish; may change while the server runs.</param>
    /// <exception cref="ArgumentException">The host of the options is not an address.</exception>
    public AlpacaHost(AlpacaHostOptions options, DeviceRegistry devices)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(devices);
        _options = options;
        _devices = devices;
        _images = new ImageTraffic(options);
        _connections = new ConnectionGate(options.MaxConnections, options.MaxConnectionsPerAddress, options.Certificate is not null, _meter, options.Log);
        _services = options.Certificate is null ? null : KestrelServices.Create(options.Loggers);
        _watch = new DeviceWatch(devices, options.Log, TimeProvider.System);
        var metrics = new MetricsText(_watch, _meter, _connections, _images, () => _discovery?.Counters, options.Version);
        var credentials = options.Credentials.Count == 0 ? null : new CredentialCheck(options.Credentials, new AttemptLimiter(TimeProvider.System), options.Log);
        _application = new AlpacaApplication(
            new RequestRouter(
                devices,
                _images,
                new RequestGate(new HostNames(options.AllowedHosts), new OriginCheck(options.TrustedOrigins), credentials, options.Log),
                new ManagementApi(options, devices),
                new ObservationPages(metrics, _watch, options),
                new SetupPages(options, devices)),
            options,
            _meter,
            _stopping.Token);
        _server = new KestrelServer(
            Options.Create(Configure(options, _connections, new PlainHttpAnswer(_meter), _services)),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), options.Loggers),
            new KestrelTrouble(options.Loggers, _meter));
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
        if (_options.WatchInterval is { } interval)
            _watch.Start(interval, _stopping.Token);
        if (_options.WarmsUp)
            _warmingUp = Task.Run(() => WarmUp.RunAsync(_devices.Devices, _options.Log, _stopping.Token), CancellationToken.None);
        if (_options.DiscoveryPort is not { } port)
            return;
        try
        {
            _discovery = new DiscoveryResponder(_options.AdvertisedPort ?? Address.Port, DiscoveryOptions.For(AddressOf(_options.Host), port));
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
        await _warmingUp;
        await _watch.StoppedAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _server.Dispose();
        _services?.Dispose();
        _images.Dispose();
        _stopping.Dispose();
    }

    private static KestrelServerOptions Configure(AlpacaHostOptions options, ConnectionGate connections, PlainHttpAnswer plain, IHost? services)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        if (services is not null)
            kestrel.ApplicationServices = services.Services;
        var limits = kestrel.Limits;

        // The gate keeps to the limit; this one only bounds those that it is turning away.
        limits.MaxConcurrentConnections = options.MaxConnections + (2 * ConnectionGate.MaximumLeaving);
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = 16 * FormBody.Limit;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = options.RequestHeadersTimeout;
        limits.KeepAliveTimeout = options.KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinimumUploadRate, options.SlownessGrace);
        limits.MinResponseDataRate = new MinDataRate(options.MinimumReplyRate, options.SlownessGrace);
        kestrel.Listen(AddressOf(options.Host), options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(connections.Before);
            listen.Use(DirectSending.Use);
            if (options.Certificate is { } certificate)
            {
                listen.Use(plain.Use);
                UseTls(listen, certificate, options.Log);
                listen.Use(ConnectionGate.AfterHandshake);
            }
        });
        return kestrel;
    }

    private static void UseTls(ListenOptions listen, ServerCertificate certificate, ILogger log) => listen.UseHttps(new HttpsConnectionAdapterOptions
    {
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        ServerCertificateChain = certificate.Chain,
        ServerCertificateSelector = (_, _) =>
        {
            if (certificate.RefreshIfDue() is { } problem)
                HostLog.CertificateNotRenewed(log, problem);
            return certificate.Certificate;
        },
    });

    private static IPAddress AddressOf(string host) =>
        host == "*" ? Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host, out var address) ? address
        : throw new ArgumentException($"Cannot listen on \"{host}\": give an IP address of this machine, localhost, or * for every interface.", nameof(host));
}
