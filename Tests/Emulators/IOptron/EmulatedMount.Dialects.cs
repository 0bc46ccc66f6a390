using System.Globalization;

namespace Emulators.IOptron;

/// <content>What each dialect says in its own words.</content>
public sealed partial class EmulatedMount
{
    private const double Hundredths = 360_000;

    private string? Version3(string body)
    {
        switch (body)
        {
            case "GLS": return Signed(Settings.Longitude * Hundredths, 8) + Text((Settings.Latitude + 90) * Hundredths, 8) + StatusDigits() + "#";
            case "GEP": return Position3() + "#";
            case "GAC": return HorizontalText(9) + "#";
            case "GUT": return Signed(Settings.UtcOffset.TotalMinutes, 3) + (Settings.IsSummerTime ? "1" : "0") + Text((Now + Settings.ClockError - J2000).TotalMilliseconds, 13) + "#";
            case "GPC":
                var (altitude, azimuth) = Settings.Park ?? (Math.Abs(Settings.Latitude), 0);
                return Text(altitude * Hundredths, 8) + Text(azimuth * Hundredths, 9) + "#";
            case "GSR": return Text(Settings.SlewSpeed, 1) + "#";
            case "QAP":
                // The question forgets the target on this firmware.
                var positions = Positions();
                (Settings.TargetRightAscension, Settings.TargetDeclination) = (null, null);
                return Text(positions, 1) + "#";
            case "GGF" when Kind.HasEncoders: return YesOrNo(Settings.GuidingFilter);
            case "SGF0" or "SGF1" when Kind.HasEncoders: Settings.GuidingFilter = body[3] == '1'; return "1";
            case "MS1" or "MS2": return YesOrNo(Slew(body[2] == '2'));
            case "MSS": return YesOrNo(SlewToHorizon());
            case "qR": Motion.Arrow(primary: true, 0, Now); return "1";
            case "qD": Motion.Arrow(primary: false, 0, Now); return "1";
            case "SZP": Motion.ZeroPosition = Motion.At(Now); Motion.Refresh(Now); return "1";
            case "RAS": FactoryReset(); return "1";
        }

        if (Number(body, "SUT", 13) is { } milliseconds)
            return Set(() => Settings.ClockError = J2000 + TimeSpan.FromMilliseconds(milliseconds) - Now);
        if (SignedNumber(body, "SLO", 8) is { } longitude)
            return Set(() => Settings.Longitude = longitude / Hundredths);
        if (SignedNumber(body, "SLA", 8) is { } latitude)
            return Set(() => Settings.Latitude = latitude / Hundredths);
        if (Number(body, "SRA", 9) is { } rightAscension)
            return Set(() => Settings.TargetRightAscension = rightAscension / 5_400_000.0);
        if (SignedNumber(body, "Sa", 8) is { } targetAltitude)
            return Set(() => Settings.TargetAltitude = targetAltitude / Hundredths);
        if (Number(body, "Sz", 9) is { } targetAzimuth)
            return Set(() => Settings.TargetAzimuth = targetAzimuth / Hundredths);
        if (Number(body, "MSR", 1) is { } speed and >= 7)
            return Set(() => Settings.SlewSpeed = (int)speed);
        foreach (var (word, primary, positive) in Pulses3)
        {
            if (Number(body, word, 5) is { } duration)
                Guide(primary, positive, (int)duration);
        }

        return null;
    }

    private string? Version2(string body)
    {
        switch (body)
        {
            case "GLS": return Signed(Settings.Longitude * 3600, 6) + Text((Settings.Latitude + 90) * 3600, 6) + StatusDigits() + "#";
            case "GEC":
                var (hours, _, declination) = Believed();
                return Signed(declination * Hundredths, 8) + Text(Math.Round(hours * 3_600_000) % 86_400_000, 8) + "#";
            case "GAC": return HorizontalText(9) + "#";
            case "GLT":
                var local = Local();
                return Signed(Settings.UtcOffset.TotalMinutes, 3) + (Settings.IsSummerTime ? "1" : "0") + local.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture) + "#";
            case "AH": return YesOrNo(Motion.LegAt(Now).State == MountMotion.AtZero);
            case "MS": return YesOrNo(Slew(counterweightUp: false));
            case "q": Motion.ReleaseArrows(Now); return "1";
        }

        if (SignedNumber(body, "Sg", 6) is { } longitude)
            return Set(() => Settings.Longitude = longitude / 3600.0);
        if (SignedNumber(body, "St", 6) is { } latitude)
            return Set(() => Settings.Latitude = latitude / 3600.0);
        if (Number(body, "Sr", 8) is { } rightAscension)
            return Set(() => Settings.TargetRightAscension = rightAscension / 3_600_000.0);
        if (Number(body, "SC", 6) is not null)
            return Set(() => SetLocal(body[2..] + Local().ToString("HHmmss", CultureInfo.InvariantCulture)));
        if (Number(body, "SL", 6) is not null)
            return Set(() => SetLocal(Local().ToString("yyMMdd", CultureInfo.InvariantCulture) + body[2..]));
        foreach (var (word, primary, positive) in Pulses2)
        {
            if (Number(body, word, 5) is { } duration and <= 32_767)
                Guide(primary, positive, (int)duration);
        }

        return null;
    }

    private static readonly DateTimeOffset J2000 = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Word, bool Primary, bool Positive)[] Pulses3 = [("ZS", true, true), ("ZQ", true, false), ("ZE", false, true), ("ZC", false, false)];

    private static readonly (string Word, bool Primary, bool Positive)[] Pulses2 = [("Me", true, true), ("Mw", true, false), ("Mn", false, true), ("Ms", false, false)];

    private DateTimeOffset Local() => Now + Settings.ClockError + Settings.UtcOffset + TimeSpan.FromHours(Settings.IsSummerTime ? 1 : 0);

    private void SetLocal(string digits)
    {
        var local = DateTimeOffset.ParseExact(digits, "yyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Settings.ClockError += local - Local();
    }

    private static string Set(Action set)
    {
        set();
        return "1";
    }

    private string Position3()
    {
        var (hours, _, declination) = Believed();
        var axes = Motion.At(Tick) + _offset;
        var side = Math.Abs(axes.Secondary) < 0.01 ? '2' : axes.Secondary < 0 ? '1' : '0';
        return Signed(declination * Hundredths, 8) + Text(Math.Round(hours * 5_400_000) % 129_600_000, 9) + side + (Math.Abs(axes.Primary) > 90.0001 ? '0' : '1');
    }

    private string HorizontalText(int digits)
    {
        var (altitude, azimuth) = Horizontal();
        if (MisreadHorizontal > 0)
        {
            MisreadHorizontal--;
            altitude = -altitude;
        }

        return Signed(altitude * Hundredths, 8) + Text(Math.Round(azimuth * Hundredths) % 129_600_000, digits);
    }

    private void FactoryReset()
    {
        (Settings.AltitudeLimit, Settings.FlipsAtMeridian, Settings.MeridianDegrees) = (0, false, 10);
        (Settings.GuideRightAscension, Settings.GuideDeclination, Settings.CustomRate) = (50, 50, 10_000);
        (Settings.Longitude, Settings.Latitude, Settings.Park, Settings.ArrowSpeed) = (0, 40, null, 5);
        SelectRate(0);
    }
}
