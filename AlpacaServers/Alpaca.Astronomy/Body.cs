namespace Alpaca.Astronomy;

/// <summary>A body of the solar system that this library follows.</summary>
public enum Body
{
    Sun,
    Moon,
}
