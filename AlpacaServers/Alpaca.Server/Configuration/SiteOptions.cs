using Alpaca.Astronomy;
using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>Section <c>site</c>: where the simulated observatory stands.</summary>
internal sealed record SiteOptions
{
    [Option("What the place is called.")]
    public string Name { get; init; } = Simulators.SimulationOptions.MaunaLoa.Name;

    [Option("Latitude, north positive.", Unit = "deg", Minimum = -90, Maximum = 90)]
    public double Latitude { get; init; } = Math.Round(Simulators.SimulationOptions.MaunaLoa.Latitude.Degrees, 9);

    [Option("Longitude, east positive.", Unit = "deg", Minimum = -180, Maximum = 180)]
    public double Longitude { get; init; } = Math.Round(Simulators.SimulationOptions.MaunaLoa.Longitude.Degrees, 9);

    [Option("Height above the sea.", Unit = "m", Minimum = -300, Maximum = 10000)]
    public double Elevation { get; init; } = Simulators.SimulationOptions.MaunaLoa.Elevation;

    internal Site ToSite() => Site.FromDegrees(Name, Latitude, Longitude, Elevation);
}
