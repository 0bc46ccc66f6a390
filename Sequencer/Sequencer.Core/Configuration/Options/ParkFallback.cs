namespace Sequencer.Core.Configuration;

/// <summary>Where a mount rests that cannot park.</summary>
public enum ParkFallback
{
    /// <summary>At its home position.</summary>
    Home,

    /// <summary>At an altitude and azimuth.</summary>
    Altaz,
}
