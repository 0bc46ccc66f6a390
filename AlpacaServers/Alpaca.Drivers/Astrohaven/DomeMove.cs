using Alpaca.Devices.Loop;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>A motion of the dome under way, or the last one.</summary>
/// <param name="Motion">Whether it is under way, and what it failed with.</param>
/// <param name="Opens">Whether it opens.</param>
internal sealed record DomeMove(Motion Motion, bool Opens)
{
    /// <summary>Completes when it has ended.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;
}
