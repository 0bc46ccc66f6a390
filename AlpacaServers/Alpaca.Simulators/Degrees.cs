namespace Alpaca.Simulators;

/// <summary>Angles in degrees: conversion and wrapping.</summary>
internal static class Degrees
{
    public static double ToRadians(double degrees) => degrees * (Math.PI / 180);

    public static double FromRadians(double radians) => radians * (180 / Math.PI);

    /// <summary>The same angle, 0 up to but not including 360.</summary>
    public static double Wrap(double degrees)
    {
        var wrapped = degrees - (360 * Math.Floor(degrees / 360));
        return wrapped < 360 ? wrapped : 0;
    }

    /// <summary>The same angle, -180 up to but not including 180.</summary>
    public static double WrapSigned(double degrees) => Wrap(degrees + 180) - 180;
}
