using System.Net;
using Alpaca.Astronomy;
using Alpaca.Simulators.Following;
using Microsoft.Extensions.Logging;

namespace Alpaca.Server;

/// <summary>The emulated hardware that a simulated sky follows, and the connections over which it is heard.</summary>
internal sealed class FollowedHardware : IAsyncDisposable
{
    private readonly List<TruthFeed> _feeds = [];

    public FollowedHardware(FollowOptions options, Site site, ILoggerFactory loggers)
    {
        var log = loggers.CreateLogger<TruthFeed>();
        if (options.Mount is { } mount)
        {
            Mount = new FollowedMount(site.Latitude.Degrees);
            _feeds.Add(TruthFeed.Start(IPEndPoint.Parse(mount), Mount, log));
        }

        if (options.Dome is { } dome)
        {
            Dome = new FollowedDome();
            _feeds.Add(TruthFeed.Start(IPEndPoint.Parse(dome), Dome, log));
        }
    }

    /// <summary>The mount that carries the cameras; null for the simulated one.</summary>
    public FollowedMount? Mount { get; }

    /// <summary>The dome over the cameras; null for the simulated one.</summary>
    public FollowedDome? Dome { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (var feed in _feeds)
            await feed.DisposeAsync();
    }
}
