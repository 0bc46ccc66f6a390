namespace Emulators.IOptron;

/// <summary>
/// A whole mount behind its port: mechanics, clock, settings, and the answers to commands. The mechanics know the truth; what the mount believes adds what
/// syncs made of it, its own clock and its own site.
/// </summary>
public sealed partial class EmulatedMount
{
    private readonly TimeProvider _clock;

    /// <summary>What is added to the axes' true angles to get those the mount believes in.</summary>
    private AxisAngles _offset;

    public EmulatedMount(MountKind kind, TimeProvider clock)
    {
        (Kind, _clock) = (kind, clock);
        Motion = new MountMotion(clock.GetUtcNow());
    }

    public MountKind Kind { get; }

    public MountMotion Motion { get; }

    public MountSettings Settings { get; } = new();

    /// <summary>True if commands of the arrow keys go the other way than the maker says, per axis: primary, secondary.</summary>
    public (bool Primary, bool Secondary) ArrowsReversed { get; set; }

    /// <summary>Some firmware does not answer SPP.</summary>
    public bool IsSilentAboutPec { get; set; }

    /// <summary>Answers 1 to ST0 and goes on tracking.</summary>
    public bool IgnoresTrackingOff { get; set; }

    /// <summary>So many answers more about altitude and azimuth are wrong.</summary>
    public int MisreadHorizontal { get; set; }

    /// <summary>The state digit is one that no language knows.</summary>
    public bool UnknownState { get; set; }

    /// <summary>The number of commands taken so far.</summary>
    public int Commands { get; private set; }

    /// <summary>The commands taken so far, oldest first; the last 10,000 of them.</summary>
    public Queue<string> Log { get; } = new();

    private DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>The mount's coordinates are renewed ten times a second.</summary>
    private DateTimeOffset Tick
    {
        get
        {
            var now = Now;
            return now.AddTicks(-(now.Ticks % (TimeSpan.TicksPerSecond / 10)));
        }
    }

    /// <summary>Where the mount believes it points: right ascension in hours, hour angle and declination in degrees.</summary>
    public (double RightAscension, double HourAngle, double Declination) Believed()
    {
        var time = Tick;
        var (hourAngle, declination) = MountFrame.FromAxes(Motion.At(time) + _offset, Settings.IsNorthern);
        return (MountFrame.Turn(SiderealTime(time) - hourAngle) / 15, hourAngle, declination);
    }

    /// <summary>Takes one command, from the colon to the hash sign.</summary>
    /// <returns>The answer; null for none.</returns>
    public string? Answer(string command)
    {
        Commands++;
        Log.Enqueue(command);
        if (Log.Count > 10_000)
            Log.Dequeue();
        if (command.Length < 3 || command[0] != ':' || command[^1] != '#')
            return null;
        var body = command[1..^1];
        return Common(body) ?? (Kind.SpeaksVersion3 ? Version3(body) : Version2(body));
    }

    /// <summary>The encoders lose count: what the mount believes jumps, and nothing moves.</summary>
    public void LosePosition(double degrees) => _offset += new AxisAngles(degrees, 0);

    private double SiderealTime(DateTimeOffset time) => MountFrame.SiderealTime(time + Settings.ClockError, Settings.Longitude);

    private (double Altitude, double Azimuth) Horizontal()
    {
        var (_, hourAngle, declination) = Believed();
        return MountFrame.ToHorizon(hourAngle, declination, Settings.Latitude);
    }

    /// <summary>The axes for a direction of the sky at a time, in the state with the counterweight down or up.</summary>
    private AxisAngles AxesOf(double rightAscension, double declination, bool counterweightUp, DateTimeOffset time)
    {
        var hourAngle = MountFrame.Signed(SiderealTime(time) - (15 * rightAscension));
        return MountFrame.ToAxes(hourAngle, declination, fromWest: hourAngle < 0 != counterweightUp, Settings.IsNorthern) - _offset;
    }

    private double AltitudeOf(double rightAscension, double declination, DateTimeOffset time) =>
        MountFrame.ToHorizon(SiderealTime(time) - (15 * rightAscension), declination, Settings.Latitude).Altitude;

    /// <summary>How many of the two pointing states reach the target: 0 below the altitude limit, 2 near the meridian.</summary>
    private int Positions()
    {
        if (Settings is not { TargetRightAscension: { } rightAscension, TargetDeclination: { } declination } || AltitudeOf(rightAscension, declination, Now) < Settings.AltitudeLimit)
            return 0;
        var up = AxesOf(rightAscension, declination, counterweightUp: true, Now);
        return Math.Abs(up.Primary) <= 90 + Settings.MeridianDegrees ? 2 : 1;
    }

    private bool Slew(bool counterweightUp)
    {
        if (Motion.IsParkedAt(Now) || Settings is not { TargetRightAscension: { } rightAscension, TargetDeclination: { } declination })
            return false;
        if (Positions() < (counterweightUp ? 2 : 1))
            return false;

        // Which side is decided now; where exactly the star is on arrival follows.
        var isWest = AxesOf(rightAscension, declination, counterweightUp, Now).Secondary + _offset.Secondary < 0;
        AxisAngles Target(DateTimeOffset at) => MountFrame.ToAxes(
            Near(SiderealTime(at) - (15 * rightAscension), isWest), declination, isWest, Settings.IsNorthern) - _offset;
        Motion.Slew(Target, SlewEnd.Track, Speed, Now);
        return true;
    }

    /// <summary>The hour angle without the jump of half a day that the wrong end of its range would make.</summary>
    private static double Near(double hourAngle, bool isWest) => isWest ? MountFrame.Signed(hourAngle + 90) - 90 : MountFrame.Signed(hourAngle - 90) + 90;

    private double Speed => Settings.SlewSpeed switch { 7 => 256 * MountFrame.SiderealRate, 8 => 512 * MountFrame.SiderealRate, _ => Motion.SlewSpeed };

    private bool SlewToHorizon()
    {
        if (Motion.IsParkedAt(Now) || Settings is not { TargetAltitude: { } altitude, TargetAzimuth: { } azimuth } || altitude < Settings.AltitudeLimit)
            return false;
        var axes = AxesOfHorizon(altitude, azimuth);
        Motion.Slew(_ => axes, SlewEnd.Stop, Speed, Now);
        return true;
    }

    private AxisAngles AxesOfHorizon(double altitude, double azimuth)
    {
        var (hourAngle, declination) = MountFrame.FromHorizon(altitude, azimuth, Settings.Latitude);

        // At the pole the hour angle means nothing: the mount parks with its counterweight down.
        if (Math.Abs(declination) > 89.99)
            return Motion.ZeroPosition;
        return MountFrame.ToAxes(hourAngle, declination, fromWest: hourAngle < 0, Settings.IsNorthern) - _offset;
    }

    private bool Park()
    {
        if (!Motion.IsParkedAt(Now))
        {
            var axes = Settings.Park is var (altitude, azimuth) ? AxesOfHorizon(altitude, azimuth) : Motion.ZeroPosition;
            Motion.Slew(_ => axes, SlewEnd.Park, Speed, Now);
        }

        return true;
    }

    private bool Home(double speed, bool isSearch)
    {
        if (Motion.IsParkedAt(Now))
            return false;

        // Home is where the axes know it, whatever syncs have made of their angles.
        if (isSearch)
            Motion.ZeroPosition = default;
        _offset = default;
        var zero = Motion.ZeroPosition;
        Motion.Slew(_ => zero, SlewEnd.ZeroPosition, speed, Now);
        return true;
    }

    private bool Sync()
    {
        if (Motion.IsSlewingAt(Now) || Motion.IsParkedAt(Now) || Settings is not { TargetRightAscension: { } rightAscension, TargetDeclination: { } declination })
            return false;
        var now = Now;
        var axes = Motion.At(now);
        var isWest = (axes + _offset).Secondary < 0;
        var hourAngle = Near(SiderealTime(now) - (15 * rightAscension), isWest);
        var offset = MountFrame.ToAxes(hourAngle, declination, isWest, Settings.IsNorthern) - axes;
        _offset = new AxisAngles(MountFrame.Signed(offset.Primary), offset.Secondary);
        return true;
    }

    private void Arrow(bool primary, bool positive)
    {
        // Larger right ascension is against the sky's turn; a larger declination depends on the side of the pier.
        var speed = Settings.ArrowSpeed switch { 1 => 1, 2 => 2, 3 => 8, 4 => 16, 5 => 64, 6 => 128, 7 => 256, 8 => 512, _ => Kind.TopSpeed } * MountFrame.SiderealRate;
        var reversed = primary ? ArrowsReversed.Primary : ArrowsReversed.Secondary;
        Motion.Arrow(primary, speed * (primary ? -1 : DeclinationSign()) * (positive != reversed ? 1 : -1), Now);
    }

    private void Guide(bool primary, bool positive, int milliseconds)
    {
        if (primary && Settings.GuidingFilter)
            return;
        var rate = (primary ? -Settings.GuideRightAscension : Settings.GuideDeclination * DeclinationSign()) / 100.0 * MountFrame.SiderealRate;
        Motion.Guide(primary, positive, positive ? rate : -rate, TimeSpan.FromMilliseconds(milliseconds), Now);
    }

    /// <summary>The sign of the secondary axis' turn that increases the declination.</summary>
    private int DeclinationSign()
    {
        var isWest = (Motion.At(Now) + _offset).Secondary < 0;
        return isWest == Settings.IsNorthern ? 1 : -1;
    }

    private void SelectRate(int rate)
    {
        Settings.Rate = rate;
        Motion.TrackingFactor = rate switch { 1 => 14.685 / 15.0411, 2 => 15.0 / 15.0411, 3 => 15.0369 / 15.0411, 4 => Settings.CustomRate / 10_000.0, _ => 1 };
        Motion.Refresh(Now);
    }
}
