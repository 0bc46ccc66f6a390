using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alpaca.Hosting;

/// <summary>Where a server listens and what it says about itself.</summary>
public sealed record AlpacaHostOptions
{
    /// <summary>The address to listen on: an IP address, <c>localhost</c>, or <c>*</c> for every interface. Nothing else is listened on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; } = 11111;

    /// <summary>UDP port of the discovery responder; null for none.</summary>
    public int? DiscoveryPort { get; init; }

    /// <summary>The server's name.</summary>
    public string ServerName { get; init; } = "Alpaca observatory server";

    /// <summary>Who made the server.</summary>
    public string Manufacturer { get; init; } = "The Alpaca observatory developers";

    /// <summary>The server's version.</summary>
    public string Version { get; init; } = typeof(AlpacaHostOptions).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Where the observatory is, for people.</summary>
    public string Location { get; init; } = "";

    /// <summary>Web origins besides this server's own whose pages may command devices, for example <c>https://observatory.example.org</c>.</summary>
    public IReadOnlyList<string> TrustedOrigins { get; init; } = [];

    /// <summary>How long a stop waits for requests under way before it breaks them off.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The clock that stamps DeviceState.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where trouble is reported.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    internal ILogger Log => field ??= Loggers.CreateLogger("Alpaca.Hosting");
}
