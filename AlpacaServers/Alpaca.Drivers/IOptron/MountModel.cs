using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <summary>What is known of a model before it is asked anything else.</summary>
/// <param name="Id">Four digits, as the mount says them.</param>
/// <param name="Name">As its maker calls it.</param>
/// <param name="IsKnown">False for a number that is in no table: then everything is as with a German mount of that dialect.</param>
internal sealed record MountModel(string Id, string Name, Dialect Dialect, bool IsKnown)
{
    private static readonly Dictionary<string, string> s_version3 = Table(
        """
        0010 SkyHunter EQ; 0011 SkyHunter AA; 0012 HAE16 EQ; 0013 HAE16 AA; 0014 HAE18 EQ; 0015 HEM15; 0022 HAE18 AA; 0025 HEM27; 0026 CEM26;
        0027 CEM26-EC; 0028 GEM28; 0029 GEM28-EC; 0030 HEM27-EC; 0031 HAE29 EQ; 0032 HAE29-EC EQ; 0033 HAE29 AA; 0034 HAE29-EC AA; 0035 HAZ31;
        0036 HAE29C EQ; 0037 HAE29C-EC EQ; 0038 HAE29C AA; 0039 HAE29C-EC AA; 0040 CEM40; 0041 CEM40-EC; 0043 GEM45; 0044 GEM45-EC; 0045 HEM44-EC;
        0046 HEM44A; 0047 HEM44A-EC; 0048 HAE43 EQ; 0049 HAE43-EC EQ; 0050 HAE43 AA; 0051 HAE43-EC AA; 0052 HAZ46; 0053 HAE43C EQ; 0054 HAE43C-EC EQ;
        0055 HAE43C AA; 0056 HAE43C-EC AA; 0060 CEM60; 0061 CEM60-EC; 0062 HAE69 EQ; 0063 HAE69-EC EQ; 0064 HAE69 AA; 0065 HAE69-EC AA; 0066 HAE69C;
        0067 HAE69C; 0068 HAE69C; 0069 HAE69C; 0070 CEM70; 0071 CEM70-EC; 0072 CEM70-EC2; 0073 HAZ71; 0120 CEM120; 0121 CEM120-EC; 0122 CEM120-EC2;
        5010 Cube II AA; 5035 AZ Mount Pro; 5045 iEQ45 Pro AA
        """);

    private static readonly Dictionary<string, string> s_version2 = Table(
        """
        0010 Cube II EQ; 0011 SmartEQ Pro+; 0025 CEM25; 0026 CEM25-EC; 0030 iEQ30 Pro; 0040 CEM40; 0041 CEM40-EC; 0043 GEM45; 0044 GEM45-EC;
        0045 iEQ45 Pro EQ; 0046 iEQ45 Pro AA; 0060 CEM60; 0061 CEM60-EC; 5010 Cube II AA; 5035 AZ Mount Pro
        """);

    /// <summary>The oldest firmware of the main board that the commands here were written for, year month day.</summary>
    private static readonly Dictionary<string, string> s_oldestFirmware = Table(
        """
        0025 170106; 0026 170518; 0030 161101; 0045 161101; 0060 161101; 0061 161101; 0040 181018; 0041 181018; 0043 191018; 0044 191018
        """);

    /// <summary>How the mount is built: a display name ending in AA is an alt-azimuth mount.</summary>
    public AlignmentMode Alignment =>
        Name.EndsWith(" AA", StringComparison.Ordinal) || Id is "5010" or "5035" or "5045" ? AlignmentMode.AltAz : AlignmentMode.GermanPolar;

    /// <summary>Encoders on the axes, by the name; such mounts have a guiding filter and no periodic error correction. The names of the HAE series are for display only.</summary>
    public bool HasEncoders => Name.Contains("-EC", StringComparison.Ordinal) && !Name.StartsWith("HA", StringComparison.Ordinal);

    /// <summary>A switch at the mechanical home position.</summary>
    public bool HasHomeSwitch => Dialect == Dialect.Version3
        ? Id is "0040" or "0041" or "0043" or "0044" or "0070" or "0071" or "0072" or "0120" or "0121" or "0122"
        : Id is "0040" or "0041" or "0043" or "0044" or "0060" or "0061";

    /// <summary>Commands to park and to set the park position.</summary>
    public bool HasPark => Dialect == Dialect.Version3 || Id is "0030" or "0040" or "0041" or "0043" or "0044" or "0045" or "0060" or "0061";

    /// <summary>The fastest arrow speed, times sidereal.</summary>
    public double MaxSpeed => Id switch
    {
        "0120" or "0121" or "0122" => 960,
        "0070" or "0071" or "0072" => 900,
        "0040" or "0041" or "0043" or "0044" => 1066,
        "0026" or "0027" or "0028" or "0029" when Dialect == Dialect.Version3 => 1440,
        _ => 960,
    };

    /// <summary>The model of a number in a dialect; the same number means different mounts in the two.</summary>
    public static MountModel Of(string id, Dialect dialect)
    {
        var names = dialect == Dialect.Version3 ? s_version3 : s_version2;
        return names.TryGetValue(id, out var name) ? new(id, name, dialect, true) : new(id, $"mount {id}", dialect, false);
    }

    /// <summary>Numbers and what belongs to them, from the form in which people compare them with the maker's list.</summary>
    private static Dictionary<string, string> Table(string text) => text
        .Split(';', StringSplitOptions.TrimEntries)
        .ToDictionary(entry => entry[..4], entry => entry[5..], StringComparer.Ordinal);

    /// <summary>What is wrong with firmware of this date, or nothing.</summary>
    /// <param name="mainBoard">Year month day, six digits.</param>
    public string FirmwareWarning(string mainBoard)
    {
        if (Dialect == Dialect.Version3 || !s_oldestFirmware.TryGetValue(Id, out var oldest) || string.CompareOrdinal(mainBoard, oldest) >= 0)
            return "";
        return $"The firmware of this {Name} is of {mainBoard}, older than {oldest}, the first this driver is written for. Some commands may not work; update it with the maker's tool.";
    }
}
