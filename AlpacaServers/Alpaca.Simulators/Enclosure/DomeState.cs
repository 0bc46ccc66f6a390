using Alpaca.Devices;

namespace Alpaca.Simulators.Enclosure;

/// <summary>The dome at one moment and what moves from then on.</summary>
internal sealed record DomeState
{
    /// <summary>Mechanical azimuth of the opening, degrees, not wrapped.</summary>
    public required Travel Azimuth { get; init; }

    /// <summary>Lower edge of the opening, degrees.</summary>
    public required Travel Altitude { get; init; }

    /// <summary>The shutter: 0 closed, 1 open.</summary>
    public required Travel Shutter { get; init; }

    /// <summary>What is added to the mechanical azimuth to get the one reported: the result of syncs.</summary>
    public double AzimuthOffset { get; init; }

    /// <summary>Mechanical azimuth of the park position, degrees.</summary>
    public double ParkAzimuth { get; init; }

    /// <summary>True if the motion under way, or the last one, was a search for home.</summary>
    public bool IsHoming { get; init; }

    /// <summary>True if the motion under way, or the last one, was a park.</summary>
    public bool IsParking { get; init; }

    public bool TurnsAt(DateTimeOffset time) => Azimuth.IsMovingAt(time) || Altitude.IsMovingAt(time);

    public bool SlewsAt(DateTimeOffset time) => TurnsAt(time) || Shutter.IsMovingAt(time);

    /// <summary>The azimuth that the dome reports, degrees.</summary>
    public double ReportedAzimuthAt(DateTimeOffset time) => Degrees.Wrap(Azimuth.PositionAt(time) + AzimuthOffset);

    /// <summary>Turns to a mechanical azimuth the short way round.</summary>
    public DomeState TurnedTo(double mechanical, double speed, DateTimeOffset now)
    {
        var from = Azimuth.PositionAt(now);
        return this with
        {
            Azimuth = new Travel(from, from + Degrees.WrapSigned(mechanical - from), speed, now),
            IsHoming = false,
            IsParking = false,
        };
    }
}
