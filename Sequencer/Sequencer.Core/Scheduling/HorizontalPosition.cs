namespace Sequencer.Core.Scheduling;

/// <summary>A direction as seen from the site.</summary>
/// <param name="AltitudeDegrees">−90 to 90.</param>
/// <param name="AzimuthDegrees">0 to 360, north 0, east 90.</param>
public readonly record struct HorizontalPosition(double AltitudeDegrees, double AzimuthDegrees);
