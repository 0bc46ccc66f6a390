using System.Globalization;

namespace Alpaca.Astronomy;

/// <summary>An angle. Held in radians, not wrapped; say the unit when making one and when reading it.</summary>
public readonly record struct Angle : IComparable<Angle>
{
    private Angle(double radians) => Radians = radians;

    public static Angle Zero => default;

    /// <summary>The angle in radians.</summary>
    public double Radians { get; }

    /// <summary>The angle in degrees.</summary>
    public double Degrees => Radians * (180 / Math.PI);

    /// <summary>The angle in hours of 15 degrees.</summary>
    public double Hours => Radians * (12 / Math.PI);

    /// <summary>The angle in seconds of arc.</summary>
    public double Arcseconds => Radians * (648000 / Math.PI);

    public static Angle FromRadians(double value) => new(value);

    public static Angle FromDegrees(double value) => new(value * (Math.PI / 180));

    public static Angle FromHours(double value) => new(value * (Math.PI / 12));

    public static Angle FromArcseconds(double value) => new(value * (Math.PI / 648000));

    /// <summary>Reads an angle with units (<c>05h35m17.3s</c>, <c>-05d23m28s</c>, <c>83.82 deg</c>, <c>12'30"</c>).</summary>
    /// <param name="text">The text.</param>
    /// <param name="unit">Unit of a number without one, and of the first part of <c>12:30:45</c> or <c>12 30 45</c>; null refuses those.</param>
    /// <exception cref="FormatException">Not an angle; the message says what is accepted.</exception>
    public static Angle Parse(string text, AngleUnit? unit = null) =>
        AngleText.TryRead(text, unit, out var angle, out var problem) ? angle : throw new FormatException(problem);

    /// <inheritdoc cref="Parse"/>
    public static bool TryParse(string? text, AngleUnit? unit, out Angle angle) => AngleText.TryRead(text, unit, out angle, out _);

    /// <summary>The same direction in [0, 360) degrees.</summary>
    public Angle Wrapped()
    {
        var turn = Radians % Math.Tau;
        if (turn < 0) turn += Math.Tau;
        return new(turn >= Math.Tau ? 0 : turn);
    }

    /// <summary>The same direction in [-180, 180) degrees.</summary>
    public Angle WrappedSigned()
    {
        var turn = Wrapped().Radians;
        return new(turn >= Math.PI ? turn - Math.Tau : turn);
    }

    public Angle Abs() => new(Math.Abs(Radians));

    public static Angle operator +(Angle a, Angle b) => new(a.Radians + b.Radians);

    public static Angle operator -(Angle a, Angle b) => new(a.Radians - b.Radians);

    public static Angle operator -(Angle a) => new(-a.Radians);

    public static Angle operator *(Angle a, double by) => new(a.Radians * by);

    public static Angle operator /(Angle a, double by) => new(a.Radians / by);

    public static bool operator <(Angle a, Angle b) => a.Radians < b.Radians;

    public static bool operator >(Angle a, Angle b) => a.Radians > b.Radians;

    public static bool operator <=(Angle a, Angle b) => a.Radians <= b.Radians;

    public static bool operator >=(Angle a, Angle b) => a.Radians >= b.Radians;

    public static Angle Add(Angle left, Angle right) => left + right;

    public static Angle Subtract(Angle left, Angle right) => left - right;

    public static Angle Negate(Angle item) => -item;

    public static Angle Multiply(Angle left, double right) => left * right;

    public static Angle Divide(Angle left, double right) => left / right;

    public int CompareTo(Angle other) => Radians.CompareTo(other.Radians);

    /// <summary>Hours, minutes and seconds: <c>05h35m17.30s</c>, or with a separator <c>05:35:17.30</c>. Rounded as a whole, so never 60 seconds.</summary>
    public string ToHms(int decimals = 2, string? separator = null) => AngleText.Write(Hours, decimals, separator, "h", signed: false, wholeDigits: 2);

    /// <summary>Degrees, minutes and seconds with sign: <c>-05d23m28.0s</c>, or with a separator <c>-05:23:28.0</c>.</summary>
    public string ToDms(int decimals = 1, string? separator = null) => AngleText.Write(Degrees, decimals, separator, "d", signed: true, wholeDigits: 2);

    /// <summary>Decimal degrees, for messages.</summary>
    public override string ToString() => Degrees.ToString("0.#####", CultureInfo.InvariantCulture) + " deg";
}
