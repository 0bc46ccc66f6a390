using System.Globalization;

namespace Emulators.IOptron;

/// <content>What the commands of both dialects do.</content>
public sealed partial class EmulatedMount
{
    /// <summary>Commands that both dialects have, in the same words.</summary>
    private string? Common(string body)
    {
        switch (body)
        {
            case "MountInfo": return Kind.Model;
            case "FW1": return Kind.Firmware.Boards + "#";
            case "FW2": return Kind.Firmware.Motors + "#";
            case "GAS": return StatusDigits() + "#";
            case "GTR": return Text(Settings.CustomRate, 5) + "#";
            case "GAL": return Signed(Settings.AltitudeLimit, 2) + "#";
            case "AG": return Text(Settings.GuideRightAscension, 2) + Text(Settings.GuideDeclination, 2) + "#";
            case "GMT": return (Settings.FlipsAtMeridian ? "1" : "0") + Text(Settings.MeridianDegrees, 2) + "#";
            case "ST0" or "ST1": return SwitchTracking(body[2] == '1');
            case "SDS0" or "SDS1": Settings.IsSummerTime = body[3] == '1'; return "1";
            case "SHE0" or "SHE1": Settings.IsNorthern = body[3] == '1'; return "1";
            case "CM": return YesOrNo(Sync());
            case "MP1" when Kind.HasPark: return YesOrNo(Park());
            case "MP0" when Kind.HasPark: Motion.Unpark(Now); return "1";
            case "MH": return YesOrNo(Home(Speed, isSearch: false));
            case "MSH" when Kind.HasHomeSwitch: return YesOrNo(Home(Speed / 2, isSearch: true));
            case "Q":
                Motion.StopSlew(Now);
                if (Kind.SpeaksVersion3)
                    Motion.ReleaseArrows(Now);
                return "1";
            case "mn": Arrow(primary: false, positive: false); return null;
            case "ms": Arrow(primary: false, positive: true); return null;
            case "me": Arrow(primary: true, positive: false); return null;
            case "mw": Arrow(primary: true, positive: true); return null;
            case "SPR0" or "SPR1" when !Kind.HasEncoders: Settings.PecRecording = body[3] == '1'; return "1";
            case "SPP0" or "SPP1" when !Kind.HasEncoders: return SwitchPec(body[3] == '1');
            case "GPE" when !Kind.HasEncoders: return "1";
            case "GPR" when !Kind.HasEncoders: return YesOrNo(Settings.PecRecording);
        }

        return Setter(body);
    }

    private string? Setter(string body)
    {
        if (Number(body, "RT", 1) is { } rate and <= 4)
        {
            SelectRate((int)rate);
            return "1";
        }

        if (Number(body, "SR", 1) is { } speed and >= 1)
        {
            Settings.ArrowSpeed = (int)speed;
            return "1";
        }

        if (Number(body, "RR", 5) is { } custom)
        {
            var isInside = Kind.SpeaksVersion3 ? custom is >= 1000 and <= 19000 : custom is >= 5000 and <= 15000;
            if (isInside)
            {
                Settings.CustomRate = (int)custom;
                SelectRate(Settings.Rate);
            }

            return YesOrNo(isInside);
        }

        if (Number(body, "RG", 4) is { } guide)
        {
            var (east, north) = ((int)guide / 100, (int)guide % 100);
            if (east is < 1 or > 90 || north < 10)
                return "0";
            (Settings.GuideRightAscension, Settings.GuideDeclination) = (east, north);
            return "1";
        }

        if (Number(body, "SMT", 3) is { } meridian)
        {
            (Settings.FlipsAtMeridian, Settings.MeridianDegrees) = (meridian >= 100, (int)meridian % 100);
            (Motion.FlipsAtMeridian, Motion.MeridianLimit) = (Settings.FlipsAtMeridian, Settings.MeridianDegrees);
            Motion.Refresh(Now);
            return YesOrNo(meridian < 200);
        }

        if (SignedNumber(body, "SG", 3) is { } minutes)
        {
            Settings.UtcOffset = TimeSpan.FromMinutes(minutes);
            return YesOrNo(minutes is >= -720 and <= 780);
        }

        if (SignedNumber(body, "SAL", 2) is { } limit)
        {
            Settings.AltitudeLimit = (int)limit;
            return YesOrNo(limit is >= -89 and <= 89);
        }

        if (SignedNumber(body, "Sd", 8) is { } declination)
        {
            Settings.TargetDeclination = declination / 360_000.0;
            return YesOrNo(Math.Abs(declination) <= 32_400_000);
        }

        if (Kind.HasPark && Number(body, "SPA", 9) is { } parkAzimuth)
        {
            Settings.Park = (Settings.Park?.Altitude ?? Math.Abs(Settings.Latitude), parkAzimuth / 360_000.0);
            return "1";
        }

        if (Kind.HasPark && Number(body, "SPH", 8) is { } parkAltitude)
        {
            Settings.Park = (parkAltitude / 360_000.0, Settings.Park?.Azimuth ?? 0);
            return "1";
        }

        return null;
    }

    private string? SwitchPec(bool on)
    {
        Settings.PecPlayback = Motion.PlaysPec = on;
        Motion.Refresh(Now);
        return IsSilentAboutPec ? null : "1";
    }

    private string SwitchTracking(bool on)
    {
        if (on && Motion.IsParkedAt(Now))
            return "0";
        if (!on && IgnoresTrackingOff)
            return "1";
        if (!Motion.IsParkedAt(Now))
            Motion.SetTracking(on, Now);
        return "1";
    }

    private string StatusDigits() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Settings.Gps}{(UnknownState ? 9 : Motion.LegAt(Now).State)}{Settings.Rate}{Settings.ArrowSpeed}{Settings.TimeSource}{(Settings.IsNorthern ? 1 : 0)}");

    private static string YesOrNo(bool yes) => yes ? "1" : "0";

    private static string Text(double value, int digits) => Math.Round(value).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private static string Signed(double value, int digits) => (Math.Round(value) < 0 ? "-" : "+") + Text(Math.Abs(value), digits);

    /// <summary>The number behind a word, if the body is exactly that word and so many digits.</summary>
    private static long? Number(string body, string word, int digits) =>
        body.Length == word.Length + digits && body.StartsWith(word, StringComparison.Ordinal)
        && long.TryParse(body.AsSpan(word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static long? SignedNumber(string body, string word, int digits) =>
        body.Length == word.Length + 1 + digits && body.StartsWith(word, StringComparison.Ordinal) && body[word.Length] is '+' or '-'
        && long.TryParse(body.AsSpan(word.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? body[word.Length] == '-' ? -value : value : null;
}
