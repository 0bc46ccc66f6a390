namespace Alpaca.Drivers.Astrohaven;

/// <summary>One of the two leaves of the clamshell.</summary>
internal enum Leaf
{
    /// <summary>Opposite the controller box.</summary>
    A,

    /// <summary>On the controller's side.</summary>
    B,
}
