namespace Emulators.IOptron;

/// <summary>A stretch of motion at constant rates: it holds until the next leg begins.</summary>
/// <param name="Since">When it begins.</param>
/// <param name="Angles">The axes then.</param>
/// <param name="Rates">Degrees per second.</param>
/// <param name="State">The state digit the mount shows meanwhile.</param>
/// <param name="Tracks">Whether the mount tracks once nothing else moves it.</param>
public sealed record Leg(DateTimeOffset Since, AxisAngles Angles, AxisAngles Rates, int State, bool Tracks)
{
    public AxisAngles At(DateTimeOffset time) => time <= Since ? Angles : Angles + (Rates * (time - Since).TotalSeconds);
}
