namespace Alpaca.Astronomy;

/// <summary>The unit meant by an angle written without one.</summary>
public enum AngleUnit
{
    Degrees,
    Hours,
}
