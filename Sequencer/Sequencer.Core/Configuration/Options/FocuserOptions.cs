namespace Sequencer.Core.Configuration;

/// <summary>A focuser behind a camera.</summary>
public sealed record FocuserOptions
{
    /// <summary>The Alpaca focuser.</summary>
    public AlpacaDeviceOptions Device { get; init; } = new() { Type = "focuser" };

    /// <summary>Position to go to at start, steps; null leaves it where it is.</summary>
    public int? InitialPosition { get; init; }

    /// <summary>A move that takes longer has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);
}
