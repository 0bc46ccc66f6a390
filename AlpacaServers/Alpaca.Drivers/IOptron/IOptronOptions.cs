using Alpaca.Devices.Options;

namespace Alpaca.Drivers.IOptron;

/// <summary>How the mount is parked.</summary>
public enum ParkMode
{
    /// <summary>By the mount's own command, to its own park position.</summary>
    Native,

    /// <summary>Home first, then a fixed time along each axis with the arrow keys: for mounts that cannot keep a park position.</summary>
    HomeAndMove,
}

/// <summary>The way an axis is moved after homing in <see cref="ParkMode.HomeAndMove"/>.</summary>
public enum ArrowDirection
{
    North,
    South,
    East,
    West,
}

/// <summary>The options of an iOptron mount.</summary>
public sealed record IOptronOptions
{
    [Option("Where the mount is connected: a serial device, usb:VID:PID[:serial], or tcp://host:port for WiFi (10.10.100.254:8899 on the mount's own network).",
        Required = true, Example = "/dev/serial/by-id/usb-FTDI_FT230X_Basic_UART_DN0012-if00-port0")]
    public string Port { get; init; } = "";

    [Option("Speed of the serial line. Without it, 115200, 9600 and 230400 are tried in turn.", Unit = "baud", Example = "115200")]
    public int? Baud { get; init; }

    [Option("How long the mount may take to answer.", Minimum = 0.1, Maximum = 60, Advanced = true)]
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(3);

    [Option("How often the mount is looked at while it does not move.", Minimum = 0.1, Maximum = 60, Advanced = true)]
    public TimeSpan PollIdle { get; init; } = TimeSpan.FromSeconds(1);

    [Option("How often it is looked at while it moves.", Minimum = 0.05, Maximum = 10, Advanced = true)]
    public TimeSpan PollMoving { get; init; } = TimeSpan.FromMilliseconds(250);

    [Option("The model number that must answer on this port, for example \"0040\" for a CEM40: a mount of another model is then refused.", Example = "\"0040\"")]
    public string? Model { get; init; }

    [Option("Latitude of the site, north positive. Without it, the mount keeps its own.", Unit = "deg", Minimum = -90, Maximum = 90, Example = "19.54 deg")]
    public double? Latitude { get; init; }

    [Option("Longitude of the site, east positive. Without it, the mount keeps its own.", Unit = "deg", Minimum = -180, Maximum = 180, Example = "-155.58 deg")]
    public double? Longitude { get; init; }

    [Option("Height of the site above sea level. The mount does not use it; programs ask for it.", Unit = "m", Minimum = -300, Maximum = 10000)]
    public double Elevation { get; init; }

    [Option("Local time minus UTC, without summer time. Without it, the mount keeps its own. Only the hand controller's display depends on it.", Unit = "min", Minimum = -720, Maximum = 780, Advanced = true)]
    public int? UtcOffset { get; init; }

    [Option("Set the mount's clock from the computer's when they differ by more than 1 s.")]
    public bool SetTime { get; init; } = true;

    [Option("The mount refuses slews to targets below this altitude.", Unit = "deg", Minimum = -89, Maximum = 89)]
    public int Horizon { get; init; } = 30;

    [Option("MoveAxis, which the mount itself does not limit, is stopped when it takes the telescope below this altitude.", Unit = "deg", Minimum = -89, Maximum = 89)]
    public double MinimumAltitude { get; init; }

    [Option("What the mount does past the meridian: \"stop 15\" or \"flip 10\", with the degrees past it.", Example = "stop 15")]
    public string Meridian { get; init; } = "stop 15";

    [Option("A slew that has not ended after this long is stopped and reported as failed.", Minimum = 10, Maximum = 1200)]
    public TimeSpan SlewTimeout { get; init; } = TimeSpan.FromSeconds(180);

    [Option("The same for the way home and to the park position.", Minimum = 10, Maximum = 1200)]
    public TimeSpan HomeTimeout { get; init; } = TimeSpan.FromSeconds(180);

    [Option("The same for the search for the home switch.", Minimum = 10, Maximum = 1200, Advanced = true)]
    public TimeSpan SearchTimeout { get; init; } = TimeSpan.FromSeconds(300);

    [Option("How far from its target a slew may end before it counts as failed.", Unit = "deg", Minimum = 0.01, Maximum = 10, Advanced = true)]
    public double ArrivalTolerance { get; init; } = 0.1;

    [Option("Ask the mount before a slew how many positions reach the target (3.x): it knows its limits better than we do.", Advanced = true)]
    public bool AskPositions { get; init; } = true;

    [Option("How to park: native uses the mount's park position; home_and_move goes home and then moves each axis for a fixed time.")]
    public ParkMode ParkMode { get; init; }

    [Option("home_and_move: how long the declination axis moves.", Minimum = 0, Maximum = 120, Advanced = true)]
    public TimeSpan ParkDecSeconds { get; init; } = TimeSpan.FromSeconds(15);

    [Option("home_and_move: which way the declination axis moves.", Advanced = true)]
    public ArrowDirection ParkDecDirection { get; init; } = ArrowDirection.North;

    [Option("home_and_move: how long the right ascension axis moves.", Minimum = 0, Maximum = 120, Advanced = true)]
    public TimeSpan ParkRaSeconds { get; init; } = TimeSpan.FromSeconds(15);

    [Option("home_and_move: which way the right ascension axis moves.", Advanced = true)]
    public ArrowDirection ParkRaDirection { get; init; } = ArrowDirection.West;

    [Option("Where the driver keeps what the mount cannot: that it is parked by home_and_move, and the park position of mounts with language 2.x. Without it, that is forgotten at the end.", Advanced = true)]
    public string? StateFile { get; init; }

    [Option("The arrow keys of right ascension work the other way than the maker says; the action iOptron:CalibrateArrows finds out.", Advanced = true)]
    public bool RaArrowInverted { get; init; }

    [Option("The same for declination.", Advanced = true)]
    public bool DecArrowInverted { get; init; }

    [Option("East and west guide pulses are exchanged: set it if an east pulse makes the right ascension smaller.", Advanced = true)]
    public bool GuideRaInverted { get; init; }

    [Option("North and south guide pulses are exchanged.", Advanced = true)]
    public bool GuideDecInverted { get; init; }

    [Option("The mount's sides of the pier are exchanged.", Advanced = true)]
    public bool PierSideInverted { get; init; }

    [Option("Let clients choose the side of the pier (3.x): the mount then slews to where it is, from the other side.", Advanced = true)]
    public bool CanSetPierSide { get; init; }

    [Option("What one count of the custom tracking rate is worth, times sidereal.", Minimum = 1e-6, Maximum = 1e-2, Advanced = true)]
    public double RaRateScale { get; init; } = 1e-4;

    [Option("The fastest arrow speed, times sidereal, where it differs from the model's.", Minimum = 256, Maximum = 4000, Advanced = true)]
    public double? MaxSpeed { get; init; }

    [Option("Aperture of the telescope.", Unit = "m", Minimum = 0, Maximum = 20)]
    public double? Aperture { get; init; }

    [Option("Focal length of the telescope.", Unit = "m", Minimum = 0, Maximum = 200)]
    public double? FocalLength { get; init; }

    [Option("Allow the action iOptron:Raw and CommandString, which send anything to the mount. For diagnosis only.", Advanced = true)]
    public bool AllowRawActions { get; init; }

    /// <summary>What no option alone can say.</summary>
    public IEnumerable<string> Validate()
    {
        if (!MeridianText.TryParse(Meridian, out _))
            yield return "meridian: must be \"stop\" or \"flip\" and 0 to 90 degrees, for example stop 15.";
        if (Latitude is null != Longitude is null)
            yield return "latitude: give both latitude and longitude, or neither.";
        if (ParkDecDirection is not (ArrowDirection.North or ArrowDirection.South))
            yield return "park_dec_direction: must be north or south.";
        if (ParkRaDirection is not (ArrowDirection.East or ArrowDirection.West))
            yield return "park_ra_direction: must be east or west.";
        if (Model is { } model && (model.Length != 4 || !model.All(char.IsAsciiDigit)))
            yield return "model: must be the four digits that the mount answers to MountInfo, in quotes: \"0040\".";
    }
}
