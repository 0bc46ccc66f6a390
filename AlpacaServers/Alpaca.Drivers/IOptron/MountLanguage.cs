using System.Globalization;
using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <summary>
/// What can be said to a mount and what its answers mean. This is what both dialects have in common; each of them adds its own words.
/// Angles are degrees and right ascensions hours here, whatever the unit on the wire.
/// </summary>
internal abstract class MountLanguage
{
    /// <summary>Hundredths of an arcsecond in a degree: the unit of most angles on the wire.</summary>
    protected const double Hundredths = 360_000;

    private const long Turn = 129_600_000;
    private const long RightAngle = 32_400_000;

    public abstract Dialect Dialect { get; }

    /// <summary>How the dialect is called by its maker.</summary>
    public abstract string Name { get; }

    /// <summary>The longest guide pulse that one command can ask for, milliseconds.</summary>
    public abstract int LongestPulse { get; }

    /// <summary>The custom tracking rate's range, times sidereal.</summary>
    public abstract (double Lowest, double Highest) CustomRates { get; }

    /// <summary>True if the mount can be sent to an altitude and azimuth.</summary>
    public abstract bool SlewsToHorizontal { get; }

    /// <summary>True if the mount tells on which side of the pier it is.</summary>
    public abstract bool TellsPierSide { get; }

    public static MountCommand Model { get; } = MountCommand.Ask(":MountInfo#", ReplyKind.Model) with { IsSlow = true };

    public static MountCommand Status { get; } = MountCommand.Ask(":GLS#");

    /// <summary>The short status of firmware older than either dialect here.</summary>
    public static MountCommand ShortStatus { get; } = MountCommand.Ask(":GAS#");

    public static MountCommand MainFirmware { get; } = MountCommand.Ask(":FW1#");

    public static MountCommand MotorFirmware { get; } = MountCommand.Ask(":FW2#");

    public static MountCommand Horizontal { get; } = MountCommand.Ask(":GAC#");

    public static MountCommand CustomRate { get; } = MountCommand.Ask(":GTR#");

    public static MountCommand AltitudeLimit { get; } = MountCommand.Ask(":GAL#");

    public static MountCommand GuideRates { get; } = MountCommand.Ask(":AG#");

    public static MountCommand Meridian { get; } = MountCommand.Ask(":GMT#");

    public static MountCommand ParkPosition { get; } = MountCommand.Ask(":GPC#");

    public static MountCommand SlewSpeed { get; } = MountCommand.Ask(":GSR#");

    public static MountCommand NumberOfPositions { get; } = MountCommand.Ask(":QAP#") with { IsSlow = true };

    public static MountCommand GuidingFilter { get; } = MountCommand.Ask(":GGF#", ReplyKind.YesOrNo);

    public static MountCommand PecIntegrity { get; } = MountCommand.Ask(":GPE#", ReplyKind.YesOrNo);

    public static MountCommand PecRecording { get; } = MountCommand.Ask(":GPR#", ReplyKind.YesOrNo);

    public static MountCommand Park { get; } = MountCommand.Set(":MP1#");

    public static MountCommand Unpark { get; } = MountCommand.Set(":MP0#");

    public static MountCommand GoHome { get; } = MountCommand.Set(":MH#");

    /// <summary>Looks for the mechanical home switch; what it finds overwrites the stored zero position.</summary>
    public static MountCommand SearchHome { get; } = MountCommand.Set(":MSH#") with { IsSlow = true };

    public static MountCommand Sync { get; } = MountCommand.Set(":CM#");

    public static MountCommand SetZeroPosition { get; } = MountCommand.Set(":SZP#");

    /// <summary>All settings as they left the factory, except time zone, summer time, date and time: site, limits and guide rate too.</summary>
    public static MountCommand FactoryReset { get; } = MountCommand.Set(":RAS#");

    public static MountCommand StopSlew { get; } = MountCommand.Set(":Q#");

    /// <summary>Slews to the target in the normal pointing state.</summary>
    public abstract MountCommand Slew { get; }

    public abstract MountCommand Position { get; }

    public abstract MountCommand Time { get; }

    /// <summary>Everything that stops slews and arrow motion.</summary>
    public abstract IReadOnlyList<MountCommand> StopAll { get; }

    public static MountCommand SetTracking(bool on) => MountCommand.Set(on ? ":ST1#" : ":ST0#");

    public static MountCommand SelectRate(MountRate rate) => MountCommand.Set($":RT{Digits((int)rate, 1)}#");

    /// <param name="factor">Times sidereal.</param>
    /// <param name="unit">What one count is worth.</param>
    public static MountCommand SetCustomRate(double factor, double unit = 1e-4) => MountCommand.Set($":RR{Digits(factor / unit, 5)}#");

    public static MountCommand SelectArrowSpeed(int speed) => MountCommand.Set($":SR{Digits(speed, 1)}#");

    public static MountCommand SelectSlewSpeed(int speed) => MountCommand.Set($":MSR{Digits(speed, 1)}#");

    public static MountCommand SetUtcOffset(TimeSpan offset) => MountCommand.Set($":SG{Signed(offset.TotalMinutes, 3)}#");

    public static MountCommand SetSummerTime(bool on) => MountCommand.Set(on ? ":SDS1#" : ":SDS0#");

    public static MountCommand SetAltitudeLimit(int degrees) => MountCommand.Set($":SAL{Signed(degrees, 2)}#");

    public static MountCommand SetMeridian(MeridianTreatment treatment) => MountCommand.Set($":SMT{(treatment.Flips ? '1' : '0')}{Digits(treatment.Degrees, 2)}#");

    public static MountCommand SetParkAzimuth(double degrees) => MountCommand.Set($":SPA{Digits(Wrapped(degrees * Hundredths), 9)}#");

    public static MountCommand SetParkAltitude(double degrees) => MountCommand.Set($":SPH{Digits(degrees * Hundredths, 8)}#");

    public static MountCommand SetPecPlayback(bool on) => MountCommand.Set(on ? ":SPP1#" : ":SPP0#") with { SilenceIsYes = true };

    public static MountCommand SetPecRecording(bool on) => MountCommand.Set(on ? ":SPR1#" : ":SPR0#");

    public static MountCommand SetDeclination(double degrees) => MountCommand.Set($":Sd{Signed(degrees * Hundredths, 8)}#");

    /// <summary>Starts to move an axis by its arrow key, by the maker's own words: west and south are towards larger right ascension and declination.</summary>
    public static MountCommand Move(TelescopeAxis axis, bool towardsLarger) => MountCommand.Tell(
        axis == TelescopeAxis.Primary ? towardsLarger ? ":mw#" : ":me#" : towardsLarger ? ":ms#" : ":mn#");

    /// <summary>Guide rates, written in the width the mount itself uses.</summary>
    public static MountCommand SetGuideRates(MountGuideRates rates) => MountCommand.Set(rates.Digits == 3
        ? $":RG{Digits(rates.RightAscension * 100, 3)}#"
        : $":RG{Digits(rates.RightAscension * 100, 2)}{Digits(rates.Declination * 100, 2)}#");

    /// <summary>The commands that stop one axis moved by its arrow key.</summary>
    public abstract MountCommand StopArrow(TelescopeAxis axis);

    /// <summary>The commands that define the target of a slew or a sync.</summary>
    public abstract IReadOnlyList<MountCommand> SetTarget(double rightAscension, double declination);

    /// <summary>The commands that set the site: longitude, latitude, hemisphere.</summary>
    public abstract IReadOnlyList<MountCommand> SetSite(double longitude, double latitude);

    /// <summary>The commands that set the clock, summer time being off.</summary>
    public abstract IReadOnlyList<MountCommand> SetTime(DateTimeOffset utc, TimeSpan offset);

    /// <param name="positive">True towards larger right ascension or declination.</param>
    public abstract MountCommand Guide(TelescopeAxis axis, bool positive, int milliseconds);

    public abstract MountStatus ReadStatus(string reply);

    public abstract MountPosition ReadPosition(string reply);

    public abstract MountTime ReadTime(string reply);

    public MountHorizontal ReadHorizontal(string reply)
    {
        var fields = new FieldReader(Horizontal.Text, reply);
        var altitude = fields.Signed(8, RightAngle) / Hundredths;
        var azimuth = fields.Unsigned(AzimuthDigits(fields.Left), Turn) / Hundredths;
        fields.End();
        return new(altitude, azimuth >= 360 ? 0 : azimuth);
    }

    /// <summary>How many digits an azimuth has, where so many are left.</summary>
    protected virtual int AzimuthDigits(int left) => 9;

    public static double ReadCustomRate(string reply, double unit = 1e-4)
    {
        var fields = new FieldReader(CustomRate.Text, reply);
        var counts = fields.Unsigned(5);
        fields.End();
        return counts * unit;
    }

    public static int ReadAltitudeLimit(string reply)
    {
        var fields = new FieldReader(AltitudeLimit.Text, reply);
        var degrees = fields.Signed(2, 89);
        fields.End();
        return (int)degrees;
    }

    public static MountGuideRates ReadGuideRates(string reply)
    {
        var fields = new FieldReader(GuideRates.Text, reply);
        var digits = reply.Length;
        if (digits == 3)
        {
            var both = fields.Unsigned(3, 100) / 100.0;
            return new(both, both, 3);
        }

        var rightAscension = fields.Unsigned(2) / 100.0;
        var declination = fields.Unsigned(2) / 100.0;
        fields.End();
        return new(rightAscension, declination, 4);
    }

    public static MeridianTreatment ReadMeridian(string reply)
    {
        var fields = new FieldReader(Meridian.Text, reply);
        var treatment = new MeridianTreatment(fields.Digit(1) == 1, (int)fields.Unsigned(2));
        fields.End();
        return treatment;
    }

    public static MountHorizontal ReadParkPosition(string reply)
    {
        var fields = new FieldReader(ParkPosition.Text, reply);
        var position = new MountHorizontal(fields.Unsigned(8, RightAngle) / Hundredths, fields.Unsigned(9, Turn) / Hundredths);
        fields.End();
        return position;
    }

    public static int ReadSlewSpeed(string reply)
    {
        var fields = new FieldReader(SlewSpeed.Text, reply);
        var speed = fields.Digit();
        fields.End();
        return speed is >= 7 and <= 9 ? speed : throw fields.Malformed("slew speeds are 7, 8 and 9");
    }

    public static int ReadNumberOfPositions(string reply)
    {
        var fields = new FieldReader(NumberOfPositions.Text, reply);
        var number = fields.Digit(2);
        fields.End();
        return number;
    }

    /// <summary>Two dates, year month day each: of the main board and the hand controller, or of the motor boards.</summary>
    public static (string First, string Second) ReadFirmware(string command, string reply)
    {
        var fields = new FieldReader(command, reply);
        _ = fields.Unsigned(6);
        _ = fields.Unsigned(6);
        fields.End();
        return (reply[..6], reply[6..]);
    }

    /// <summary>A model number is four digits, and stays text: 0040 is not 40.</summary>
    public static string ReadModel(string reply)
    {
        var fields = new FieldReader(Model.Text, reply);
        _ = fields.Unsigned(4);
        fields.End();
        return reply;
    }

    /// <summary>The dialect of a status answer, told by its length; null if it is neither.</summary>
    public static MountLanguage? Of(string statusReply) => statusReply.Length switch
    {
        Version2.StatusLength => new Version2(),
        Version3.StatusLength => new Version3(),
        _ => null,
    };

    /// <summary>So many digits, rounded, padded with zeros.</summary>
    protected static string Digits(double value, int width)
    {
        var text = Math.Round(value, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
        return text.Length == width && text[0] != '-'
            ? text
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"It does not fit into {width} digits.");
    }

    /// <summary>A sign and so many digits, rounded, padded with zeros.</summary>
    protected static string Signed(double value, int width)
    {
        var rounded = Math.Round(value, MidpointRounding.AwayFromZero);
        return (rounded < 0 ? "-" : "+") + Digits(Math.Abs(rounded), width);
    }

    /// <summary>An angle of the wire, rounded, within one turn: 360 degrees is 0.</summary>
    protected static double Wrapped(double hundredths)
    {
        var rounded = Math.Round(hundredths, MidpointRounding.AwayFromZero) % Turn;
        return rounded < 0 ? rounded + Turn : rounded;
    }

    /// <summary>The six digits that end a status answer in both dialects.</summary>
    protected static MountStatus ReadStatusDigits(ref FieldReader fields, double longitude, double latitude, string reply)
    {
        var gps = fields.Digit();
        var state = (SystemState)fields.Digit();
        var rate = (MountRate)fields.Digit();
        var speed = fields.Digit();
        var source = fields.Digit();
        var hemisphere = fields.Digit(1);
        fields.End();
        return new(
            longitude,
            latitude,
            gps,
            Enum.IsDefined(state) ? state : null,
            Enum.IsDefined(rate) ? rate : null,
            speed,
            source,
            hemisphere == 1,
            reply[^6..]);
    }
}
