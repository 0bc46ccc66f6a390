namespace Sequencer.Core.Equipment;

/// <summary>Whether a camera could expose now.</summary>
/// <param name="Reasons">Each reason why not; empty when it is ready.</param>
public sealed record CameraReadiness(IReadOnlyList<string> Reasons)
{
    public bool IsReady => Reasons.Count == 0;
}
