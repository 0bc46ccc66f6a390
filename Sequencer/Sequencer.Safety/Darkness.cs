namespace Sequencer.Safety;

/// <summary>Where the Sun is, and how low the next step wants it.</summary>
/// <param name="SunAltitudeDegrees">Altitude of the Sun now, degrees. Not a number is unsafe.</param>
/// <param name="HorizonDegrees">It is dark when the Sun is below this, degrees (observe −18, focus −12, flat −6).</param>
public readonly record struct Darkness(double SunAltitudeDegrees, double HorizonDegrees = -18)
{
    /// <summary>True when the Sun is below the horizon asked for.</summary>
    public bool IsDark => SunAltitudeDegrees < HorizonDegrees;
}
