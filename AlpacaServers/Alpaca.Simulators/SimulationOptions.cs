using Alpaca.Astronomy;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Following;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Mount;
using Alpaca.Simulators.Power;
using Alpaca.Simulators.Weather;

namespace Alpaca.Simulators;

/// <summary>The whole simulated observatory. Two observatories with equal options behave alike, to the last pixel.</summary>
public sealed record SimulationOptions
{
    /// <summary>Mauna Loa observatory, 3400 m: where a night begins unless another site is chosen.</summary>
    public static Site MaunaLoa { get; } = Site.FromDegrees("Mauna Loa", 19.54, -155.58, 3400);

    /// <summary>Where all randomness comes from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Where the observatory stands.</summary>
    public Site Site { get; init; } = MaunaLoa;

    /// <summary>What the weather does.</summary>
    public WeatherScript Weather { get; init; } = WeatherScript.Clear;

    /// <summary>The stars; null for a sky without any.</summary>
    public IStarSource? Stars { get; init; }

    /// <summary>The mount that carries the cameras in place of the simulated one; null for the simulated one.</summary>
    public FollowedMount? FollowedMount { get; init; }

    /// <summary>The dome over the cameras in place of the simulated one; null for the simulated one.</summary>
    public FollowedDome? FollowedDome { get; init; }

    /// <summary>The mount and its tube.</summary>
    public MountOptions Mount { get; init; } = new();

    /// <summary>The cameras on the mount; the first sits behind rotator, filter wheel and focuser.</summary>
    public IReadOnlyList<CameraOptions> Cameras { get; init; } = [new CameraOptions()];

    public CoverCalibratorOptions CoverCalibrator { get; init; } = new();

    public DomeOptions Dome { get; init; } = new();

    public FilterWheelOptions FilterWheel { get; init; } = new();

    public FocuserOptions Focuser { get; init; } = new();

    public DeviceOptions ObservingConditions { get; init; } = new();

    public RotatorOptions Rotator { get; init; } = new();

    public SafetyMonitorOptions SafetyMonitor { get; init; } = new();

    public SwitchOptions Switch { get; init; } = new();
}
