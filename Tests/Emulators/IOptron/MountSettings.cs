namespace Emulators.IOptron;

/// <summary>What the mount's small computer knows and keeps.</summary>
public sealed class MountSettings
{
    /// <summary>Degrees, east positive.</summary>
    public double Longitude { get; set; }

    /// <summary>Degrees, north positive.</summary>
    public double Latitude { get; set; } = 40;

    public bool IsNorthern { get; set; } = true;

    /// <summary>What the mount's clock is ahead of the true one.</summary>
    public TimeSpan ClockError { get; set; }

    public TimeSpan UtcOffset { get; set; }

    public bool IsSummerTime { get; set; }

    /// <summary>0 none, 1 no fix, 2 valid.</summary>
    public int Gps { get; set; } = 1;

    /// <summary>1 serial, 2 hand controller, 3 GPS.</summary>
    public int TimeSource { get; set; } = 2;

    /// <summary>0 to 4: sidereal, lunar, solar, King, custom.</summary>
    public int Rate { get; set; }

    /// <summary>Times sidereal, in ten-thousandths.</summary>
    public int CustomRate { get; set; } = 10_000;

    /// <summary>1 to 9; 64 times at power-up.</summary>
    public int ArrowSpeed { get; set; } = 5;

    public int SlewSpeed { get; set; } = 9;

    /// <summary>Hundredths of sidereal.</summary>
    public int GuideRightAscension { get; set; } = 50;

    public int GuideDeclination { get; set; } = 50;

    /// <summary>Degrees; slews do not go below.</summary>
    public int AltitudeLimit { get; set; }

    public bool FlipsAtMeridian { get; set; }

    public int MeridianDegrees { get; set; } = 10;

    /// <summary>Degrees; null for the pole.</summary>
    public (double Altitude, double Azimuth)? Park { get; set; }

    public bool GuidingFilter { get; set; }

    public bool PecRecording { get; set; }

    public bool PecPlayback { get; set; }

    /// <summary>Hours and degrees; null when none is defined.</summary>
    public double? TargetRightAscension { get; set; }

    public double? TargetDeclination { get; set; }

    public double? TargetAltitude { get; set; }

    public double? TargetAzimuth { get; set; }
}
