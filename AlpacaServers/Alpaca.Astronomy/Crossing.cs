namespace Alpaca.Astronomy;

/// <summary>Which way an altitude is passed.</summary>
public enum Crossing
{
    Rising,
    Setting,
}
