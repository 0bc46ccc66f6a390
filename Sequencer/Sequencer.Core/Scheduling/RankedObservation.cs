namespace Sequencer.Core.Scheduling;

/// <summary>A target that can be observed now, with its merit.</summary>
/// <param name="Observation">The target.</param>
/// <param name="Merit">Sum of the scores times priority; higher is better.</param>
public sealed record RankedObservation(Observation Observation, double Merit)
{
    /// <summary>Name of the target.</summary>
    public string Name => Observation.Name;
}
