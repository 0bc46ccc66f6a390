namespace DataServices.Hipercam;

/// <summary>Frames the instrument lost.</summary>
/// <param name="count">How many.</param>
/// <param name="next">Number of the frame after the gap.</param>
public sealed class FramesDroppedEventArgs(int count, int next) : EventArgs
{
    /// <summary>How many.</summary>
    public int Count { get; } = count;

    /// <summary>Number of the frame after the gap.</summary>
    public int Next { get; } = next;
}
