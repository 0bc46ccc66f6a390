using System.Net;
using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>Section <c>simulation: follow</c>: emulated hardware whose true state the simulated sky follows in place of its own.</summary>
internal sealed record FollowOptions
{
    [Option("Where an emulated mount tells the true state of its axes (emulate ioptron-... --truth PORT): the cameras then look where it points.", Example = "127.0.0.1:4030", Advanced = true)]
    public string? Mount { get; init; }

    [Option("Where an emulated dome tells the true state of its leaves (emulate astrohaven --truth PORT): the cameras then see through its opening.", Example = "127.0.0.1:4031", Advanced = true)]
    public string? Dome { get; init; }

    public IEnumerable<string> Validate()
    {
        foreach (var (key, place) in new[] { ("mount", Mount), ("dome", Dome) })
        {
            if (place is not null && !IPEndPoint.TryParse(place, out _))
                yield return $"{key}: \"{place}\" is not an address and port; write for example 127.0.0.1:4030.";
        }
    }
}
