namespace Sequencer.Core.Configuration;

/// <summary>One point of an obstruction's upper edge.</summary>
/// <param name="AltitudeDegrees">−90 to 90.</param>
/// <param name="AzimuthDegrees">−360 to 360, north 0, east 90; negative ones count from north westward.</param>
public readonly record struct HorizonPoint(double AltitudeDegrees, double AzimuthDegrees);
