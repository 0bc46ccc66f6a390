using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Mount;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators.Imaging;

/// <summary>Everything of the observatory that a camera's picture depends on. A device may be changed for another while frames are exposed: they see the one that is there.</summary>
internal sealed class Observatory(SimulatedSky sky, WeatherModel weather, SkyGlow glow)
{
    public SimulatedSky Sky { get; } = sky;

    public WeatherModel Weather { get; } = weather;

    public SkyGlow Glow { get; } = glow;

    public required SimulatedTelescope Mount { get; set; }

    /// <summary>A mount outside the simulation that carries the tube in place of <see cref="Mount"/>.</summary>
    public ITube? FollowedMount { get; init; }

    /// <summary>Whatever carries the tube.</summary>
    public ITube Tube => FollowedMount ?? Mount;

    public required SimulatedDome Dome { get; set; }

    /// <summary>A dome outside the simulation that covers the tube in place of <see cref="Dome"/>.</summary>
    public IEnclosure? FollowedDome { get; init; }

    /// <summary>Whatever covers the tube.</summary>
    public IEnclosure Enclosure => FollowedDome ?? Dome;

    public required SimulatedCoverCalibrator Cover { get; set; }

    public required SimulatedFilterWheel Wheel { get; set; }

    public required SimulatedFocuser Focuser { get; set; }

    public required SimulatedRotator Rotator { get; set; }
}
