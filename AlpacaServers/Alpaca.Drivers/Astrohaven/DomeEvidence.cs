using System.Collections.Immutable;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>What the controller has said, and what follows from it.</summary>
/// <param name="Status">The last status byte, <c>0</c> to <c>3</c>; null while none has come since the leaves moved.</param>
/// <param name="HeardAt">When the last byte came, UTC.</param>
/// <param name="A">Leaf A.</param>
/// <param name="B">Leaf B.</param>
/// <param name="IsContradictory">An open limit was seen, and now the controller says closed though nobody closed it here.</param>
internal sealed record DomeEvidence(byte? Status, DateTimeOffset HeardAt, LeafPosition A, LeafPosition B, bool IsContradictory)
{
    /// <summary>Before the first byte.</summary>
    public static DomeEvidence None(DateTimeOffset now) => new(null, now, LeafPosition.Unknown, LeafPosition.Unknown, false);

    /// <summary>Feedback since the link was opened: how often each byte was heard.</summary>
    public ImmutableSortedDictionary<char, int> Heard { get; init; } = ImmutableSortedDictionary<char, int>.Empty;

    /// <summary>True only if the controller says so of both leaves, and nothing contradicts it.</summary>
    public bool IsClosed => Status == AstrohavenBytes.BothClosed && !IsContradictory;

    /// <summary>True only if both open limits were reported, and the controller says of neither that it is closed.</summary>
    public bool IsOpen => Status == AstrohavenBytes.NeitherClosed && A == LeafPosition.Open && B == LeafPosition.Open;

    /// <summary>What is known of a leaf.</summary>
    public LeafPosition this[Leaf leaf] => leaf == Leaf.A ? A : B;

    /// <summary>With another position of a leaf.</summary>
    public DomeEvidence With(Leaf leaf, LeafPosition position) => leaf == Leaf.A ? this with { A = position } : this with { B = position };

    /// <summary>A leaf is about to be moved: what was known of its end no longer holds, and the status is from before.</summary>
    public DomeEvidence Moving(Leaf leaf) => With(leaf, this[leaf] == LeafPosition.Unknown ? LeafPosition.Unknown : LeafPosition.Partial) with { Status = null };

    /// <summary>A status byte came.</summary>
    public DomeEvidence WithStatus(byte status, bool swapSingleLeafCodes)
    {
        var aClosed = status is AstrohavenBytes.BothClosed || status == (swapSingleLeafCodes ? AstrohavenBytes.OnlyBClosed : AstrohavenBytes.OnlyAClosed);
        var bClosed = status is AstrohavenBytes.BothClosed || status == (swapSingleLeafCodes ? AstrohavenBytes.OnlyAClosed : AstrohavenBytes.OnlyBClosed);
        var contradictory = IsContradictory || (aClosed && A == LeafPosition.Open) || (bClosed && B == LeafPosition.Open);
        return this with { Status = status, A = Judge(A, aClosed), B = Judge(B, bClosed), IsContradictory = contradictory };
    }

    private static LeafPosition Judge(LeafPosition before, bool isClosed) => (before, isClosed) switch
    {
        (LeafPosition.Open, true) => LeafPosition.Unknown,
        (_, true) => LeafPosition.Closed,
        (LeafPosition.Closed, false) => LeafPosition.Partial,
        (LeafPosition.Unknown, false) => LeafPosition.OpenUnverified,
        _ => before,
    };
}
