using Alpaca.Astronomy;
using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>Between the sky (ICRS) and the numbers a mount speaks: hours and degrees in its own equatorial system, and off by what it could not be told by a sync.</summary>
internal sealed record MountCoordinates(EquatorialCoordinateType System, Site Site)
{
    /// <summary>What to add to the mount's right ascension and declination to get the truth: for mounts that cannot be synced.</summary>
    public (Angle RightAscension, Angle Declination) Offset { get; init; }

    /// <summary>The mount's own coordinates of a place on the sky: hours, degrees.</summary>
    public (double RightAscension, double Declination) FromSky(SkyPosition position, DateTimeOffset time)
    {
        var place = SkyTransform.At(Site, time).ToSystem(position, (EquatorialSystem)(int)System);
        var hours = (place.RightAscension - Offset.RightAscension).Wrapped().Hours;
        // Rounding may lift a wrapped angle to the full turn, which the standard excludes.
        return (hours >= 24 ? 0 : hours, Math.Clamp((place.Declination - Offset.Declination).Degrees, -90, 90));
    }

    /// <summary>The place on the sky of the mount's own coordinates.</summary>
    public SkyPosition ToSky(double rightAscensionHours, double declinationDegrees, DateTimeOffset time) =>
        SkyTransform.At(Site, time).FromSystem(
            new EquatorialPosition((Angle.FromHours(rightAscensionHours) + Offset.RightAscension).Wrapped(), Angle.FromDegrees(declinationDegrees) + Offset.Declination),
            (EquatorialSystem)(int)System);

    /// <summary>The same with the offset that makes the mount's reading mean a position.</summary>
    public MountCoordinates Synced(SkyPosition position, double rightAscensionHours, double declinationDegrees, DateTimeOffset time)
    {
        var place = SkyTransform.At(Site, time).ToSystem(position, (EquatorialSystem)(int)System);
        return this with
        {
            Offset = ((place.RightAscension - Angle.FromHours(rightAscensionHours)).WrappedSigned(), place.Declination - Angle.FromDegrees(declinationDegrees)),
        };
    }

    /// <summary>Hour angle of a place on the sky, hours, -12 to 12, west positive.</summary>
    public double HourAngleHours(SkyPosition position, DateTimeOffset time)
    {
        var sky = SkyTransform.At(Site, time);
        return sky.HourAngle(sky.Apparent(position)).Hours;
    }
}
