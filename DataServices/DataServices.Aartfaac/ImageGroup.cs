namespace DataServices.Aartfaac;

/// <summary>An image and where it came from.</summary>
/// <param name="Endpoint">Index in the list of endpoints.</param>
/// <param name="Window">The image.</param>
public readonly record struct SubbandImage(int Endpoint, AartfaacWindow Window);

/// <summary>The images of one time step. Dispose of it when done: the pixels go back to the pool.</summary>
/// <param name="Stamp">The time step, UTC.</param>
/// <param name="Images">The images in the order they came.</param>
/// <param name="IsComplete">Whether every expected subband is there.</param>
/// <param name="Reason">Why it was given out.</param>
public sealed record ImageGroup(DateTimeOffset Stamp, IReadOnlyList<SubbandImage> Images, bool IsComplete, GroupReason Reason) : IDisposable
{
    /// <summary>Gives the pixels back.</summary>
    public void Dispose()
    {
        foreach (var image in Images)
            image.Window.Dispose();
    }
}
