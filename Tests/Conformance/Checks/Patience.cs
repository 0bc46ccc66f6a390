namespace Conformance.Checks;

/// <summary>How long a check waits for hardware before it calls it stuck.</summary>
internal sealed class Patience
{
    /// <summary>A dome may take a minute and more.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly long _started = TimeProvider.System.GetTimestamp();

    private Patience()
    {
    }

    public bool IsOver => TimeProvider.System.GetElapsedTime(_started) > Limit;

    public static Patience Start() => new();
}
