namespace Alpaca.Astronomy;

/// <summary>
/// A place in the equator and equinox of date, as seen from the site without refraction: what ASCOM calls topocentric (JNow), what a mount's circles show.
/// (Or, where said so, in another equatorial system of <see cref="EquatorialSystem"/>.)
/// </summary>
public readonly record struct EquatorialPosition(Angle RightAscension, Angle Declination)
{
    /// <summary>From the numbers of the Alpaca interface: right ascension in hours, declination in degrees.</summary>
    public static EquatorialPosition FromHours(double rightAscensionHours, double declinationDegrees) =>
        new(Angle.FromHours(rightAscensionHours), Angle.FromDegrees(declinationDegrees));

    /// <summary>Great-circle distance to another place of the same system and date.</summary>
    public Angle Separation(EquatorialPosition other) =>
        UnitVector.From(RightAscension, Declination).Separation(UnitVector.From(other.RightAscension, other.Declination));

    /// <summary><c>05h35m17.30s -05d23m28.0s</c>.</summary>
    public override string ToString() => $"{RightAscension.Wrapped().ToHms()} {Declination.ToDms()}";
}
