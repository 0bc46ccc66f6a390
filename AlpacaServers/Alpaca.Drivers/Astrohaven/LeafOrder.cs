namespace Alpaca.Drivers.Astrohaven;

/// <summary>Which leaf moves first.</summary>
public enum LeafOrder
{
    AThenB,
    BThenA,
}
