using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <summary>What the mount says it is doing: the state digit of its status.</summary>
internal enum SystemState
{
    StoppedAway = 0,
    Tracking = 1,
    Slewing = 2,
    Guiding = 3,
    Flipping = 4,
    TrackingWithPec = 5,
    Parked = 6,
    AtZeroPosition = 7,
}

/// <summary>The mount's tracking rates, by the digits of its status and of its commands.</summary>
internal enum MountRate
{
    Sidereal = 0,
    Lunar = 1,
    Solar = 2,
    King = 3,
    Custom = 4,
}

/// <summary>The answer to GLS. What a digit of unknown meaning stands for is null: firmware to come may have more of them.</summary>
/// <param name="Longitude">Degrees, east positive.</param>
/// <param name="Latitude">Degrees, north positive.</param>
/// <param name="Gps">0 none or faulty, 1 no fix yet, 2 valid.</param>
/// <param name="State">What the mount is doing.</param>
/// <param name="Rate">The tracking rate that is selected.</param>
/// <param name="ArrowSpeed">1 to 9.</param>
/// <param name="TimeSource">1 serial or network, 2 hand controller, 3 GPS.</param>
/// <param name="IsNorthern">The hemisphere the mount believes in.</param>
/// <param name="Digits">The six status digits as they came.</param>
internal sealed record MountStatus(
    double Longitude, double Latitude, int Gps, SystemState? State, MountRate? Rate, int ArrowSpeed, int TimeSource, bool IsNorthern, string Digits)
{
    public bool IsTracking => State is SystemState.Tracking or SystemState.TrackingWithPec or SystemState.Guiding or SystemState.Flipping;

    public bool IsMoving => State is SystemState.Slewing or SystemState.Flipping;
}

/// <summary>The answer to GEP or GEC.</summary>
/// <param name="RightAscension">Hours, of date.</param>
/// <param name="Declination">Degrees, of date.</param>
/// <param name="Side">The pointing state; unknown where the language has no word for it.</param>
/// <param name="IsCounterweightUp">Null where the language has no word for it.</param>
internal sealed record MountPosition(double RightAscension, double Declination, PierSide Side, bool? IsCounterweightUp);

/// <summary>The answer to GAC.</summary>
/// <param name="Altitude">Degrees.</param>
/// <param name="Azimuth">Degrees from north through east.</param>
internal sealed record MountHorizontal(double Altitude, double Azimuth);

/// <summary>The answer to GUT or GLT.</summary>
/// <param name="Utc">The mount's clock.</param>
/// <param name="Offset">Local time minus UTC, summer time not counted.</param>
/// <param name="IsSummerTime">Summer time is switched on.</param>
internal sealed record MountTime(DateTimeOffset Utc, TimeSpan Offset, bool IsSummerTime);

/// <summary>The answer to AG.</summary>
/// <param name="RightAscension">Times sidereal.</param>
/// <param name="Declination">Times sidereal.</param>
/// <param name="Digits">How many digits it was written with: a mount is answered in the width it speaks.</param>
internal sealed record MountGuideRates(double RightAscension, double Declination, int Digits);

/// <summary>What happens past the meridian.</summary>
/// <param name="Flips">True: the mount flips there; false: it stops.</param>
/// <param name="Degrees">How far past the meridian, degrees, 0 to 99.</param>
internal sealed record MeridianTreatment(bool Flips, int Degrees)
{
    public override string ToString() => FormattableString.Invariant($"{(Flips ? "flip" : "stop")} {Degrees}");
}
