namespace Alpaca.Drivers.Astrohaven;

/// <summary>What is known of a leaf. The controller tells "closed" or "not closed" when idle; only the open limit, seen while opening, proves "open".</summary>
internal enum LeafPosition
{
    /// <summary>Nothing was heard yet, or what was heard contradicts itself.</summary>
    Unknown,

    /// <summary>The controller says closed.</summary>
    Closed,

    /// <summary>Somewhere between: it left an end and did not reach the other.</summary>
    Partial,

    /// <summary>Not closed since before the link was opened: open or between.</summary>
    OpenUnverified,

    /// <summary>The open limit was reported and nothing moved the leaf since.</summary>
    Open,
}
