namespace Alpaca.Astronomy.Catalogue;

/// <summary>A star of a catalogue.</summary>
/// <param name="Direction">ICRS direction.</param>
/// <param name="Magnitude">Visual magnitude (Tycho VT in the installed catalogue).</param>
public readonly record struct CatalogueStar(UnitVector Direction, double Magnitude)
{
    /// <summary>ICRS place.</summary>
    public SkyPosition Position => SkyPosition.FromVector(Direction);

    public static CatalogueStar At(SkyPosition position, double magnitude) => new(position.Vector, magnitude);
}
