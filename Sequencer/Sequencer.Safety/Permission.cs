namespace Sequencer.Safety;

/// <summary>Whether something may be done now, and if not, why.</summary>
/// <param name="Allowed">True when it may.</param>
/// <param name="Reason">Why not, in a sentence; null when allowed.</param>
public readonly record struct Permission(bool Allowed, string? Reason)
{
    /// <summary>It may be done.</summary>
    public static Permission Granted { get; } = new(true, null);

    /// <summary>It may not.</summary>
    public static Permission Denied(string reason) => new(false, reason);
}
