using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Alpaca.Astronomy.Erfa;

/// <summary>ERFA's <c>eraASTROM</c>: what does not depend on the star (31 doubles, in the order of erfa.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Astrom
{
    /// <summary>Proper-motion interval, Julian years.</summary>
    public double ProperMotionTime;

    /// <summary>Barycentre to observer, au.</summary>
    public Triple ObserverFromBarycentre;

    /// <summary>Sun to observer, unit vector.</summary>
    public Triple ObserverFromSun;

    /// <summary>Distance from the Sun, au.</summary>
    public double SunDistance;

    /// <summary>Barycentric velocity of the observer, units of c.</summary>
    public Triple Velocity;

    /// <summary>Reciprocal Lorentz factor.</summary>
    public double Lorentz;

    /// <summary>GCRS to CIRS, row by row.</summary>
    public Matrix BiasPrecessionNutation;

    /// <summary>Longitude + s' (radians).</summary>
    public double Longitude;

    /// <summary>Geodetic latitude (radians).</summary>
    public double Latitude;

    public double PolarX;
    public double PolarY;
    public double SinLatitude;
    public double CosLatitude;
    public double DiurnalAberration;

    /// <summary>Local Earth rotation angle (radians).</summary>
    public double LocalRotation;

    /// <summary>Refraction constants A and B (radians).</summary>
    public double RefractionA;
    public double RefractionB;

    [InlineArray(3)]
    internal struct Triple
    {
        private double _element;
    }

    [InlineArray(9)]
    internal struct Matrix
    {
        private double _element;
    }
}
