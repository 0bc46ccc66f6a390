using Alpaca.Contract;
using Alpaca.Devices;

namespace Alpaca.Simulators.Mount;

/// <summary>
/// The simulated mount as an ASCOM telescope. Reported coordinates are those of its encoders, topocentric and without refraction;
/// where the tube really looks is another matter (<see cref="ITube.Orient"/>): the mount's errors, and refraction, stand between.
/// </summary>
public sealed partial class SimulatedTelescope : DeviceBase, ITelescope, ITube
{
    private readonly MountOptions _options;
    private readonly SimulatedSky _sky;
    private readonly Timeline<MountState> _mount;
    private Settings _settings;

    internal SimulatedTelescope(DeviceIdentity identity, MountOptions options, SimulatedSky sky, TimeProvider clock)
        : base(identity, clock)
    {
        (_options, _sky) = (options, sky);
        var rate = options.GuideRate * SiderealRate.DegreesPerSecond;
        _settings = new Settings(Math.Round(sky.Latitude, 9), Math.Round(sky.Longitude, 9), sky.Elevation, rate, rate);
        _mount = new(clock, new MountState
        {
            Epoch = clock.GetUtcNow(),
            Axes = default,
            SlewSpeed = options.SlewSpeed,
            Geometry = new MountGeometry(options.Alignment, sky.Latitude),
            AtPark = true,
        });
    }

    /// <summary>What it is like.</summary>
    internal MountOptions Options => _options;

    /// <summary>How the tube lay at a time, errors and all, in the horizontal frame at the site: up to a few commands per second, hours back.</summary>
    Orientation ITube.Orient(DateTimeOffset time)
    {
        var state = _mount.At(time);
        var axes = state.AxesAt(time);
        var worm = new Axes(_options.Errors.PeriodicAt(axes.Primary), 0);
        return state.Geometry.Orient(axes + worm, _options.Errors, _sky.Latitude);
    }

    /// <summary>The mount as it is now: finished slews, parks and pulses written down.</summary>
    private MountState Now(out DateTimeOffset time)
    {
        time = Clock.GetUtcNow();
        return _mount.Current.AdvancedTo(time);
    }

    private MountState Now() => Now(out _);

    /// <summary>The mount as it is now, for a member that a disconnected mount refuses.</summary>
    private MountState ConnectedNow(out DateTimeOffset time)
    {
        EnsureConnected();
        return Now(out time);
    }

    private MountState ConnectedNow() => ConnectedNow(out _);

    /// <summary>Runs a command on the mount as it is now.</summary>
    private void Command(Func<MountState, DateTimeOffset, MountState> command)
    {
        EnsureConnected();
        _mount.Change((state, now) => command(state.AdvancedTo(now), now));
    }

    /// <summary>Runs a command that a parked mount refuses.</summary>
    private void CommandUnlessParked(Func<MountState, DateTimeOffset, MountState> command) => Command((state, now) => state.AtPark
        ? throw Parked()
        : command(state, now));

    private AlpacaException Parked() => AlpacaException.Parked($"{Identity.Name} is parked. Unpark it first.");

    private void Set(Func<Settings, Settings> change)
    {
        EnsureConnected();
        Settings seen;
        do
            seen = Volatile.Read(ref _settings);
        while (Interlocked.CompareExchange(ref _settings, change(seen), seen) != seen);
    }

    private Settings ReadSettings()
    {
        EnsureConnected();
        return Volatile.Read(ref _settings);
    }

    /// <summary>Local apparent sidereal time by the mount's own clock and site, degrees.</summary>
    private double SiderealTime(DateTimeOffset time)
    {
        var settings = Volatile.Read(ref _settings);
        return _sky.SiderealTime(time + settings.ClockOffset, settings.Longitude);
    }

    private HourAngleDeclination ToHourAngle(double rightAscension, double declination, DateTimeOffset time) =>
        new(Degrees.WrapSigned(SiderealTime(time) - (15 * rightAscension)), declination);

    private double ToRightAscension(HourAngleDeclination direction, DateTimeOffset time) =>
        Degrees.Wrap(SiderealTime(time) - direction.HourAngle) / 15;

    /// <summary>What clients have set, apart from the motion.</summary>
    private sealed record Settings(double Latitude, double Longitude, double Elevation, double GuideRateRightAscension, double GuideRateDeclination)
    {
        public TimeSpan ClockOffset { get; init; }

        public int SettleSeconds { get; init; }

        public double? TargetRightAscension { get; init; }

        public double? TargetDeclination { get; init; }
    }
}
