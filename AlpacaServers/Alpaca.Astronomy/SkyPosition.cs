namespace Alpaca.Astronomy;

/// <summary>A place on the sky: ICRS right ascension and declination (J2000 to 0.02").</summary>
/// <param name="RightAscension">Right ascension, [0, 360) degrees when made by this library.</param>
/// <param name="Declination">Declination, [-90, 90] degrees.</param>
public readonly record struct SkyPosition(Angle RightAscension, Angle Declination)
{
    /// <summary>The place as a unit vector.</summary>
    public UnitVector Vector => UnitVector.From(RightAscension, Declination);

    public static SkyPosition FromDegrees(double rightAscension, double declination) =>
        new(Angle.FromDegrees(rightAscension), Angle.FromDegrees(declination));

    public static SkyPosition FromHours(double rightAscensionHours, double declinationDegrees) =>
        new(Angle.FromHours(rightAscensionHours), Angle.FromDegrees(declinationDegrees));

    public static SkyPosition FromVector(UnitVector vector) => new(vector.Longitude, vector.Latitude);

    /// <summary>Reads <c>05h35m17.3s -05d23m28s</c>, <c>83.82deg -5.39deg</c>, <c>100.00 deg +00.887 deg</c>, mixtures of these, and <c>05 35 17.3 -05 23 28</c> or with colons (hours, degrees).</summary>
    /// <exception cref="FormatException">Not a position; the message says what is accepted.</exception>
    public static SkyPosition Parse(string text) =>
        TryParse(text, out var position, out var problem) ? position : throw new FormatException(problem);

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string? text, out SkyPosition position) => TryParse(text, out position, out _);

    private static bool TryParse(string? text, out SkyPosition position, out string problem)
    {
        position = default;
        var trimmed = (text ?? "").Trim();
        problem = $"'{trimmed}' is not a sky position. Write right ascension and declination with units, such as " +
            "05h35m17.3s -05d23m28s or 83.82deg -5.39deg, or 05:35:17.3 -05:23:28 (hours, degrees).";
        foreach (var cut in Cuts(trimmed))
        {
            var (left, right) = (trimmed[..cut].TrimEnd(' ', '\t', ','), trimmed[cut..].TrimStart(' ', '\t', ','));
            // A bare decimal number could be hours or degrees: only the sexagesimal form goes without a unit.
            if (!Read(left, AngleUnit.Hours, out var ra) || !Read(right, AngleUnit.Degrees, out var dec)) continue;
            if (ra.Degrees is < 0 or > 360)
            {
                problem = $"The right ascension of '{trimmed}' is outside 0 to 24 h (0 to 360 degrees).";
                return false;
            }
            if (Math.Abs(dec.Degrees) > 90 + 1e-12)
            {
                problem = $"The declination of '{trimmed}' is outside -90 to +90 degrees.";
                return false;
            }
            position = new SkyPosition(ra.Wrapped(), dec);
            return true;
        }
        return false;
    }

    /// <summary>Great-circle distance to another place.</summary>
    public Angle Separation(SkyPosition other) => Vector.Separation(other.Vector);

    /// <summary>Direction from here to another place, from north through east, [0, 360) degrees.</summary>
    public Angle PositionAngleTo(SkyPosition other)
    {
        var (sinD, cosD) = Math.SinCos(Declination.Radians);
        var (sinO, cosO) = Math.SinCos(other.Declination.Radians);
        var (sinA, cosA) = Math.SinCos(other.RightAscension.Radians - RightAscension.Radians);
        return Angle.FromRadians(Math.Atan2(cosO * sinA, (cosD * sinO) - (sinD * cosO * cosA))).Wrapped();
    }

    /// <summary>What to add to this right ascension and declination to get the other's: plain differences, right ascension wrapped to +-180 degrees and without the cosine of the declination.</summary>
    public (Angle RightAscension, Angle Declination) DifferenceTo(SkyPosition other) =>
        ((other.RightAscension - RightAscension).WrappedSigned(), other.Declination - Declination);

    /// <summary>Components of the great-circle distance to another place, to the east and to the north of here.</summary>
    public (Angle East, Angle North) OffsetTo(SkyPosition other)
    {
        var distance = Separation(other).Radians;
        var (sin, cos) = Math.SinCos(PositionAngleTo(other).Radians);
        return (Angle.FromRadians(distance * sin), Angle.FromRadians(distance * cos));
    }

    /// <summary>The place at a great-circle distance from here, the inverse of <see cref="OffsetTo"/>.</summary>
    public SkyPosition Offset(Angle east, Angle north)
    {
        var distance = Math.Sqrt((east.Radians * east.Radians) + (north.Radians * north.Radians));
        if (distance == 0) return this;
        var (sinR, cosR) = Math.SinCos(distance);
        var (sinD, cosD) = Math.SinCos(Declination.Radians);
        var (e, n) = (east.Radians / distance * sinR, north.Radians / distance * sinR);
        var x = (cosD * cosR) - (sinD * n);
        var z = (sinD * cosR) + (cosD * n);
        return new(
            (RightAscension + Angle.FromRadians(Math.Atan2(e, x))).Wrapped(),
            Angle.FromRadians(Math.Atan2(z, Math.Sqrt((e * e) + (x * x)))));
    }

    /// <summary><c>05h35m17.30s -05d23m28.0s</c>.</summary>
    public override string ToString() => $"{RightAscension.Wrapped().ToHms()} {Declination.ToDms()}";

    private static bool Read(string part, AngleUnit unit, out Angle angle) =>
        Angle.TryParse(part, null, out angle) || ((part.Contains(':', StringComparison.Ordinal) || part.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 3) && Angle.TryParse(part, unit, out angle));

    /// <summary>Where the second angle may begin: at a sign, after a comma, after white space.</summary>
    private static IEnumerable<int> Cuts(string text)
    {
        for (var i = 1; i < text.Length; i++)
            if ((text[i] is '+' or '-' or '\u2212' && text[i - 1] is not ('e' or 'E')) || text[i] == ',') yield return i;
        for (var i = 1; i < text.Length; i++)
            if (text[i] is ' ' or '\t') yield return i;
    }
}
