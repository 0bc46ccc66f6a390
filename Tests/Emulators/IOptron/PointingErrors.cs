namespace Emulators.IOptron;

/// <summary>What keeps the mount from pointing where its encoders say. The mount knows nothing of it; only pictures of the sky show it.</summary>
/// <param name="AxisAzimuth">Azimuth of the polar axis, arcminutes east of true.</param>
/// <param name="AxisAltitude">Altitude of the polar axis above the true pole, arcminutes.</param>
/// <param name="Cone">Angle by which the tube is not perpendicular to the declination axis, arcminutes.</param>
/// <param name="PeriodicAmplitude">Amplitude of the worm's periodic error, arcseconds.</param>
/// <param name="PeriodicPeriod">Time of one turn of the worm at sidereal rate, seconds.</param>
public sealed record PointingErrors(double AxisAzimuth = 5, double AxisAltitude = 3, double Cone = 4, double PeriodicAmplitude = 4, double PeriodicPeriod = 400);
