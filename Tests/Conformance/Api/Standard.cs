namespace Conformance.Api;

/// <summary>What the interface standards say beyond names and types: which the description of the HTTP API leaves out.</summary>
internal static class Standard
{
    public const int NotImplemented = 0x400;
    public const int InvalidValue = 0x401;
    public const int NotConnected = 0x407;
    public const int ActionNotImplemented = 0x40C;
    public const int FirstError = 0x400;
    public const int LastError = 0xFFF;

    private static readonly Dictionary<string, (string Name, int Version, string State)> s_types = new()
    {
        ["camera"] = ("Camera", 4, "CameraState CCDTemperature CoolerPower HeatSinkTemperature ImageReady IsPulseGuiding PercentCompleted"),
        ["covercalibrator"] = ("CoverCalibrator", 2, "Brightness CalibratorState CoverState CalibratorChanging CoverMoving"),
        ["dome"] = ("Dome", 3, "Altitude AtHome AtPark Azimuth ShutterStatus Slewing"),
        ["filterwheel"] = ("FilterWheel", 3, "Position"),
        ["focuser"] = ("Focuser", 4, "IsMoving Position Temperature"),
        ["observingconditions"] = ("ObservingConditions", 2, "CloudCover DewPoint Humidity Pressure RainRate SkyBrightness SkyQuality StarFWHM SkyTemperature Temperature WindDirection WindGust WindSpeed"),
        ["rotator"] = ("Rotator", 4, "IsMoving MechanicalPosition Position"),
        ["safetymonitor"] = ("SafetyMonitor", 3, "IsSafe"),
        ["switch"] = ("Switch", 3, "GetSwitch GetSwitchValue StateChangeComplete"),
        ["telescope"] = ("Telescope", 4, "Altitude AtHome AtPark Azimuth Declination IsPulseGuiding RightAscension SideOfPier SiderealTime Slewing Tracking UTCDate"),
    };

    /// <summary>Members that came with the version of ASCOM Platform 7, whatever the device type.</summary>
    private static readonly HashSet<string> s_platform7 = ["connect", "connecting", "disconnect", "devicestate"];

    /// <summary>Members of one type that came with a later version of its interface, where older devices are still about.</summary>
    private static readonly Dictionary<string, int> s_since = new()
    {
        ["camera/offset"] = 3,
        ["camera/offsetmax"] = 3,
        ["camera/offsetmin"] = 3,
        ["camera/offsets"] = 3,
        ["camera/subexposureduration"] = 3,
        ["covercalibrator/calibratorchanging"] = 2,
        ["covercalibrator/covermoving"] = 2,
        ["rotator/mechanicalposition"] = 3,
        ["rotator/movemechanical"] = 3,
        ["rotator/sync"] = 3,
        ["switch/canasync"] = 3,
        ["switch/setasync"] = 3,
        ["switch/setasyncvalue"] = 3,
        ["switch/statechangecomplete"] = 3,
    };

    /// <summary>The least and the greatest value of readings that have limits whatever the device.</summary>
    private static readonly Dictionary<string, (double Least, double Greatest)> s_limits = new()
    {
        ["camera/camerastate"] = (0, 5),
        ["camera/percentcompleted"] = (0, 100),
        ["camera/sensortype"] = (0, 5),
        ["camera/coolerpower"] = (0, 100),
        ["camera/ccdtemperature"] = (-273.15, 200),
        ["covercalibrator/calibratorstate"] = (0, 5),
        ["covercalibrator/coverstate"] = (0, 5),
        ["covercalibrator/maxbrightness"] = (1, int.MaxValue),
        ["dome/altitude"] = (0, 90),
        ["dome/azimuth"] = (0, 360),
        ["dome/shutterstatus"] = (0, 4),
        ["filterwheel/position"] = (-1, int.MaxValue),
        ["focuser/maxincrement"] = (1, int.MaxValue),
        ["focuser/maxstep"] = (1, int.MaxValue),
        ["focuser/position"] = (0, int.MaxValue),
        ["observingconditions/cloudcover"] = (0, 100),
        ["observingconditions/humidity"] = (0, 100),
        ["observingconditions/rainrate"] = (0, 20000),
        ["observingconditions/temperature"] = (-273.15, 100),
        ["observingconditions/winddirection"] = (0, 360),
        ["observingconditions/windspeed"] = (0, 1000),
        ["rotator/mechanicalposition"] = (0, 360),
        ["rotator/position"] = (0, 360),
        ["rotator/targetposition"] = (0, 360),
        ["switch/maxswitch"] = (0, int.MaxValue),
        ["telescope/alignmentmode"] = (0, 2),
        ["telescope/altitude"] = (-90, 90),
        ["telescope/azimuth"] = (0, 360),
        ["telescope/declination"] = (-90, 90),
        ["telescope/equatorialsystem"] = (0, 4),
        ["telescope/rightascension"] = (0, 24),
        ["telescope/sideofpier"] = (-1, 1),
        ["telescope/siderealtime"] = (0, 24),
        ["telescope/sitelatitude"] = (-90, 90),
        ["telescope/sitelongitude"] = (-180, 180),
        ["telescope/trackingrate"] = (0, 3),
    };

    /// <summary>Whether this program knows the type.</summary>
    public static bool Knows(string deviceType) => s_types.ContainsKey(deviceType);

    /// <summary>The type as the management API spells it.</summary>
    public static string NameOf(string deviceType) => s_types[deviceType].Name;

    /// <summary>The newest version of the type's interface: that of ASCOM Platform 7.</summary>
    public static int NewestVersion(string deviceType) => s_types[deviceType].Version;

    /// <summary>The names DeviceState may have, besides TimeStamp. A switch's have their number appended.</summary>
    public static IReadOnlyList<string> StateNames(string deviceType) => s_types[deviceType].State.Split(' ');

    /// <summary>The version of the interface that a member came with.</summary>
    public static int Since(string deviceType, string member) =>
        s_platform7.Contains(member) ? NewestVersion(deviceType) : s_since.GetValueOrDefault($"{deviceType}/{member}", 1);

    /// <summary>The limits of a reading; null if it has none that hold for every device.</summary>
    public static (double Least, double Greatest)? LimitsOf(Operation operation) =>
        s_limits.TryGetValue($"{operation.DeviceType}/{operation.Member}", out var limits) ? limits : null;

    /// <summary>Members that answer the same whether the device is connected or not.</summary>
    public static bool IsAboutTheConnection(string member) => member is "connect" or "connected" or "connecting" or "disconnect";
}
