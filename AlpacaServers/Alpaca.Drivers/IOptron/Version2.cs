using System.Globalization;
using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <summary>Command language 2.x: the site in arcseconds, right ascensions in milliseconds of time, the clock in local time.</summary>
internal sealed class Version2 : MountLanguage
{
    /// <summary>Characters of a status answer without its end mark.</summary>
    public const int StatusLength = 19;

    private const double CountsPerHour = 3_600_000;
    private const long Day = 86_400_000;

    private bool _hasLongAzimuth;

    public override Dialect Dialect => Dialect.Version2;

    public override string Name => "2.x";

    public override int LongestPulse => 32_767;

    public override (double Lowest, double Highest) CustomRates => (0.5, 1.5);

    public override bool SlewsToHorizontal => false;

    public override bool TellsPierSide => false;

    public override MountCommand Slew { get; } = MountCommand.Set(":MS#");

    public override MountCommand Position { get; } = MountCommand.Ask(":GEC#");

    public override MountCommand Time { get; } = MountCommand.Ask(":GLT#");

    /// <summary>Answers 1 at the zero position, 0 away from it.</summary>
    public static MountCommand IsAtZeroPosition { get; } = MountCommand.Ask(":AH#", ReplyKind.YesOrNo);

    /// <summary>Stops both axes moved by arrow keys: this dialect has no word for one of them.</summary>
    public static MountCommand StopArrows { get; } = MountCommand.Set(":q#");

    public override IReadOnlyList<MountCommand> StopAll { get; } = [StopSlew, StopArrows];

    public override MountCommand StopArrow(TelescopeAxis axis) => StopArrows;

    public override IReadOnlyList<MountCommand> SetTarget(double rightAscension, double declination) =>
        [MountCommand.Set($":Sr{Digits(Math.Round(rightAscension * CountsPerHour, MidpointRounding.AwayFromZero) % Day, 8)}#"), SetDeclination(declination)];

    public override IReadOnlyList<MountCommand> SetSite(double longitude, double latitude) =>
    [
        MountCommand.Set($":Sg{Signed(longitude * 3600, 6)}#"),
        MountCommand.Set($":St{Signed(latitude * 3600, 6)}#"),
        MountCommand.Set(latitude < 0 ? ":SHE0#" : ":SHE1#"),
    ];

    public override IReadOnlyList<MountCommand> SetTime(DateTimeOffset utc, TimeSpan offset)
    {
        // The clock counts whole seconds: what is sent is the nearest one.
        var local = (utc.UtcDateTime + offset).AddMilliseconds(500);
        return
        [
            MountCommand.Set(local.ToString("':SC'yyMMdd'#'", CultureInfo.InvariantCulture)),
            MountCommand.Set(local.ToString("':SL'HHmmss'#'", CultureInfo.InvariantCulture)),
        ];
    }

    public override MountCommand Guide(TelescopeAxis axis, bool positive, int milliseconds) => MountCommand.Tell(
        $":M{(axis == TelescopeAxis.Primary ? positive ? 'e' : 'w' : positive ? 'n' : 's')}{Digits(milliseconds, 5)}#");

    /// <summary>Some firmware writes azimuths with eight digits; one that has written nine never does, and has lost one.</summary>
    protected override int AzimuthDigits(int left)
    {
        _hasLongAzimuth |= left == 9;
        return left == 8 && !_hasLongAzimuth ? 8 : 9;
    }

    public override MountStatus ReadStatus(string reply)
    {
        var fields = new FieldReader(Status.Text, reply);
        var longitude = fields.Signed(6, 648_000) / 3600.0;
        var latitude = (fields.Unsigned(6, 648_000) / 3600.0) - 90;
        return ReadStatusDigits(ref fields, longitude, latitude, reply);
    }

    public override MountPosition ReadPosition(string reply)
    {
        var fields = new FieldReader(Position.Text, reply);
        var declination = fields.Signed(8, 32_400_000) / Hundredths;
        var rightAscension = fields.Unsigned(8, Day) / CountsPerHour;
        fields.End();
        return new(rightAscension >= 24 ? 0 : rightAscension, declination, PierSide.Unknown, IsCounterweightUp: null);
    }

    public override MountTime ReadTime(string reply)
    {
        var fields = new FieldReader(Time.Text, reply);
        var offset = TimeSpan.FromMinutes(fields.Signed(3, 840));
        var isSummerTime = fields.Digit(1) == 1;
        var (year, month, day) = ((int)fields.Unsigned(2), (int)fields.Unsigned(2, 12), (int)fields.Unsigned(2, 31));
        var (hour, minute, second) = ((int)fields.Unsigned(2, 23), (int)fields.Unsigned(2, 59), (int)fields.Unsigned(2, 59));
        fields.End();
        if (month == 0 || day == 0 || day > DateTime.DaysInMonth(2000 + year, month))
            throw fields.Malformed("it holds no date");
        var local = new DateTimeOffset(2000 + year, month, day, hour, minute, second, TimeSpan.Zero);
        return new(local - offset - TimeSpan.FromHours(isSummerTime ? 1 : 0), offset, isSummerTime);
    }
}
