using System.Globalization;
using System.Text;
using Alpaca.Contract;

namespace Alpaca.Hosting;

/// <summary>One line of a device's state, as people read it.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Text">The value with its unit.</param>
/// <param name="Tone">How it should look: <c>good</c>, <c>busy</c>, <c>bad</c>, or empty.</param>
internal readonly record struct ReadingLine(string Label, string Text, string Tone);

/// <summary>Turns DeviceState into lines for people: labels in words, values with units, hours and degrees in sixties.</summary>
internal static class ReadingText
{
    private static readonly Dictionary<string, string> s_units = new(StringComparer.Ordinal)
    {
        ["CCDTemperature"] = "°C",
        ["CoolerPower"] = "%",
        ["HeatSinkTemperature"] = "°C",
        ["PercentCompleted"] = "%",
        ["CloudCover"] = "%",
        ["DewPoint"] = "°C",
        ["Humidity"] = "%",
        ["Pressure"] = "hPa",
        ["RainRate"] = "mm/h",
        ["SkyBrightness"] = "lux",
        ["SkyQuality"] = "mag/arcsec²",
        ["SkyTemperature"] = "°C",
        ["StarFWHM"] = "arcsec",
        ["Temperature"] = "°C",
        ["WindDirection"] = "°",
        ["WindGust"] = "m/s",
        ["WindSpeed"] = "m/s",
        ["MechanicalPosition"] = "°",
    };

    private static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal)
    {
        ["CCDTemperature"] = "Sensor temperature",
        ["StarFWHM"] = "Star width (FWHM)",
        ["UTCDate"] = "Clock of the mount (UTC)",
        ["AtHome"] = "At home",
        ["AtPark"] = "Parked",
        ["IsMoving"] = "Moving",
        ["IsSafe"] = "Safe to observe",
        ["IsPulseGuiding"] = "Pulse guiding",
        ["TimeStamp"] = "Read at (UTC)",
    };

    /// <summary>What a card of the overview shows, by device type, best first.</summary>
    private static readonly Dictionary<string, string[]> s_headlines = new(StringComparer.Ordinal)
    {
        ["camera"] = ["CameraState", "CCDTemperature", "CoolerPower"],
        ["covercalibrator"] = ["CoverState", "CalibratorState"],
        ["dome"] = ["ShutterStatus", "Azimuth", "Slewing"],
        ["filterwheel"] = ["Position"],
        ["focuser"] = ["Position", "IsMoving", "Temperature"],
        ["observingconditions"] = ["Temperature", "Humidity", "CloudCover"],
        ["rotator"] = ["Position", "IsMoving"],
        ["safetymonitor"] = ["IsSafe"],
        ["telescope"] = ["RightAscension", "Declination", "Tracking"],
    };

    private static readonly string[] s_good = ["Tracking", "IsSafe", "ImageReady"];
    private static readonly string[] s_busy = ["Slewing", "IsMoving", "CoverMoving", "CalibratorChanging", "IsPulseGuiding"];

    /// <summary>All of a device's state.</summary>
    public static async Task<IReadOnlyList<ReadingLine>> LinesAsync(RegisteredDevice device, IReadOnlyList<StateValue> state, CancellationToken cancel) => device.Device switch
    {
        ISwitch box => await SwitchesAsync(box, cancel),
        IFilterWheel wheel => [.. (await SlotAsync(wheel, state, cancel)).Concat(state.Where(s => s.Name != "Position").Select(s => Line(device.DeviceType, s)))],
        _ => [.. state.Select(s => Line(device.DeviceType, s))],
    };

    /// <summary>The few lines that matter most.</summary>
    public static IEnumerable<ReadingLine> Headlines(RegisteredDevice device, IReadOnlyList<StateValue> state, IReadOnlyList<ReadingLine> lines) =>
        s_headlines.TryGetValue(device.DeviceType, out var names) && device.Device is not IFilterWheel
            ? names.Select(name => state.FirstOrDefault(s => s.Name == name)).Where(s => s.Name is not null).Select(s => Line(device.DeviceType, s))
            : lines.Take(device.Device is ISwitch ? 3 : 1);

    /// <summary><c>FilterWheel</c> is <c>Filter wheel</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
                words.Append(' ').Append(char.ToLowerInvariant(name[i]));
            else
                words.Append(name[i]);
        }

        return words.ToString();
    }

    private static ReadingLine Line(string deviceType, StateValue state)
    {
        var label = s_labels.GetValueOrDefault(state.Name) ?? Words(state.Name);
        return state.Value switch
        {
            bool flag when state.Name == "IsSafe" => new(label, flag ? "yes" : "no", flag ? "good" : "bad"),
            bool flag => new(label, flag ? "yes" : "no", !flag ? "" : s_busy.Contains(state.Name) ? "busy" : s_good.Contains(state.Name) ? "good" : ""),
            Enum word => new(label, Words(word.ToString()).ToLowerInvariant(), ToneOf(word.ToString())),
            double number => new(label, Number(deviceType, state.Name, number), ""),
            int number when deviceType == "focuser" => new(label, number.ToString(CultureInfo.InvariantCulture) + " steps", ""),
            int number => new(label, number.ToString(CultureInfo.InvariantCulture) + UnitOf(state.Name), ""),
            DateTimeOffset time => new(label, time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), ""),
            DateTime time => new(label, time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), ""),
            _ => new(label, state.Name == "TimeStamp" ? Time(state.Value) : Convert.ToString(state.Value, CultureInfo.InvariantCulture) ?? "", ""),
        };
    }

    private static string Time(object value) =>
        DateTimeOffset.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string ToneOf(string word) => word switch
    {
        "Error" => "bad",
        "Opening" or "Closing" or "Moving" or "NotReady" or "Exposing" or "Reading" or "Download" or "Waiting" => "busy",
        _ => "",
    };

    private static string UnitOf(string name) => s_units.TryGetValue(name, out var unit) ? unit is "°" ? "°" : " " + unit : "";

    private static string Number(string deviceType, string name, double value) => (deviceType, name) switch
    {
        ("telescope", "RightAscension" or "SiderealTime") => Sixties(value, "h", 1),
        ("telescope", "Declination" or "Altitude" or "Azimuth") => Sixties(value, "°", 0),
        ("dome", "Altitude" or "Azimuth") or ("rotator", _) => value.ToString("0.00", CultureInfo.InvariantCulture) + "°",
        _ => value.ToString("0.##", CultureInfo.InvariantCulture) + UnitOf(name),
    };

    /// <summary>Hours or degrees in sixties, rounded as a whole so that no 60 shows.</summary>
    private static string Sixties(double value, string unit, int decimals)
    {
        var scale = Math.Pow(10, decimals);
        var seconds = Math.Round(Math.Abs(value) * 3600 * scale) / scale;
        var sign = value < 0 && seconds > 0 ? "\u2212" : "";
        var (minute, second) = unit == "h" ? ("m", "s") : ("′", "″");
        var whole = (int)(seconds / 3600);
        var minutes = (int)(seconds % 3600 / 60);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}{unit} {minutes:00}{minute} {(seconds % 60).ToString(decimals == 0 ? "00" : "00.0", CultureInfo.InvariantCulture)}{second}");
    }

    private static async Task<IReadOnlyList<ReadingLine>> SwitchesAsync(ISwitch box, CancellationToken cancel)
    {
        var lines = new List<ReadingLine>();
        var count = await box.MaxSwitchAsync(cancel);
        for (var id = 0; id < count; id++)
        {
            var isOnOff = await box.MaxSwitchValueAsync(id, cancel) - await box.MinSwitchValueAsync(id, cancel) <= await box.SwitchStepAsync(id, cancel);
            var on = await box.GetSwitchAsync(id, cancel);
            var text = isOnOff ? on ? "on" : "off" : (await box.GetSwitchValueAsync(id, cancel)).ToString("0.###", CultureInfo.InvariantCulture);
            lines.Add(new(await box.GetSwitchNameAsync(id, cancel), text, isOnOff && on ? "good" : ""));
        }

        return lines;
    }

    private static async Task<IReadOnlyList<ReadingLine>> SlotAsync(IFilterWheel wheel, IReadOnlyList<StateValue> state, CancellationToken cancel)
    {
        if (state.FirstOrDefault(s => s.Name == "Position").Value is not int slot)
            return [];
        if (slot < 0)
            return [new("Filter", "turning", "busy")];
        var names = await wheel.NamesAsync(cancel);
        return [new("Filter", string.Create(CultureInfo.InvariantCulture, $"{(slot < names.Count ? names[slot] : "?")} (slot {slot})"), "")];
    }
}
