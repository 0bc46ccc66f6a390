using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <summary>Command language 3.x: angles in hundredths of an arcsecond, time in milliseconds of UTC.</summary>
internal sealed class Version3 : MountLanguage
{
    /// <summary>Characters of a status answer without its end mark.</summary>
    public const int StatusLength = 23;

    /// <summary>The mount's clock counts from here, without leap seconds: JD 2451545.0 taken as UTC.</summary>
    public static readonly DateTimeOffset Epoch = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private const double CountsPerHour = 5_400_000;

    public override Dialect Dialect => Dialect.Version3;

    public override string Name => "3.x";

    public override int LongestPulse => 99_999;

    public override (double Lowest, double Highest) CustomRates => (0.1, 1.9);

    public override bool SlewsToHorizontal => true;

    public override bool TellsPierSide => true;

    public override MountCommand Slew { get; } = MountCommand.Set(":MS1#");

    /// <summary>Slews to the target with the counterweight up.</summary>
    public static MountCommand SlewCounterweightUp { get; } = MountCommand.Set(":MS2#");

    public static MountCommand SlewToHorizontal { get; } = MountCommand.Set(":MSS#");

    public override MountCommand Position { get; } = MountCommand.Ask(":GEP#");

    public override MountCommand Time { get; } = MountCommand.Ask(":GUT#");

    public override IReadOnlyList<MountCommand> StopAll { get; } = [StopSlew, MountCommand.Set(":qR#"), MountCommand.Set(":qD#")];

    public override MountCommand StopArrow(TelescopeAxis axis) => MountCommand.Set(axis == TelescopeAxis.Primary ? ":qR#" : ":qD#");

    public override IReadOnlyList<MountCommand> SetTarget(double rightAscension, double declination) =>
        [MountCommand.Set($":SRA{Digits(Wrapped(rightAscension * CountsPerHour), 9)}#"), SetDeclination(declination)];

    /// <summary>The commands that define the target of <see cref="SlewToHorizontal"/>.</summary>
    public static IReadOnlyList<MountCommand> SetHorizontalTarget(double altitude, double azimuth) =>
        [MountCommand.Set($":Sa{Signed(altitude * Hundredths, 8)}#"), MountCommand.Set($":Sz{Digits(Wrapped(azimuth * Hundredths), 9)}#")];

    public override IReadOnlyList<MountCommand> SetSite(double longitude, double latitude) =>
    [
        MountCommand.Set($":SLO{Signed(longitude * Hundredths, 8)}#"),
        MountCommand.Set($":SLA{Signed(latitude * Hundredths, 8)}#"),
        MountCommand.Set(latitude < 0 ? ":SHE0#" : ":SHE1#"),
    ];

    public override IReadOnlyList<MountCommand> SetTime(DateTimeOffset utc, TimeSpan offset) =>
        [MountCommand.Set($":SUT{Digits((utc - Epoch).TotalMilliseconds, 13)}#")];

    public override MountCommand Guide(TelescopeAxis axis, bool positive, int milliseconds) => MountCommand.Tell(
        $":Z{(axis == TelescopeAxis.Primary ? positive ? 'S' : 'Q' : positive ? 'E' : 'C')}{Digits(milliseconds, 5)}#");

    public override MountStatus ReadStatus(string reply)
    {
        var fields = new FieldReader(Status.Text, reply);
        var longitude = fields.Signed(8, 64_800_000) / Hundredths;
        var latitude = (fields.Unsigned(8, 64_800_000) / Hundredths) - 90;
        return ReadStatusDigits(ref fields, longitude, latitude, reply);
    }

    public override MountPosition ReadPosition(string reply)
    {
        var fields = new FieldReader(Position.Text, reply);
        var declination = fields.Signed(8, 32_400_000) / Hundredths;
        var rightAscension = fields.Unsigned(9, 129_600_000) / CountsPerHour;
        var side = fields.Digit(2) switch { 0 => PierSide.East, 1 => PierSide.West, _ => PierSide.Unknown };
        var isNormal = fields.Digit(1) == 1;
        fields.End();
        return new(rightAscension >= 24 ? 0 : rightAscension, declination, side, !isNormal);
    }

    public override MountTime ReadTime(string reply)
    {
        var fields = new FieldReader(Time.Text, reply);
        var offset = TimeSpan.FromMinutes(fields.Signed(3, 840));
        var isSummerTime = fields.Digit(1) == 1;
        var utc = Epoch + TimeSpan.FromMilliseconds(fields.Unsigned(13, 9_999_999_999_999));
        fields.End();
        return new(utc, offset, isSummerTime);
    }
}
