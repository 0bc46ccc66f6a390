namespace Alpaca.Drivers.Astrohaven;

/// <summary>The whole language of the Vision 130 controller: every byte is a message, both ways.</summary>
internal static class AstrohavenBytes
{
    public const byte BothClosed = (byte)'0';
    public const byte OnlyAClosed = (byte)'1';
    public const byte OnlyBClosed = (byte)'2';
    public const byte NeitherClosed = (byte)'3';
    public const byte ResetBumper = (byte)'R';

    /// <summary>True for what the controller says about once a second while idle.</summary>
    public static bool IsStatus(byte b) => b is >= BothClosed and <= NeitherClosed;

    /// <summary>Moves a leaf for a fraction of a second; echoed while it moves.</summary>
    public static byte Nudge(Leaf leaf, bool opens) => (byte)((leaf, opens) switch
    {
        (Leaf.A, true) => 'a',
        (Leaf.A, false) => 'A',
        (Leaf.B, true) => 'b',
        _ => 'B',
    });

    /// <summary>What the controller answers when a leaf is at that end.</summary>
    public static byte Limit(Leaf leaf, bool opens) => (byte)((leaf, opens) switch
    {
        (Leaf.A, true) => 'x',
        (Leaf.A, false) => 'X',
        (Leaf.B, true) => 'y',
        _ => 'Y',
    });
}
