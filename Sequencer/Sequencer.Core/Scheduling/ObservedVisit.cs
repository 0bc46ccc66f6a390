namespace Sequencer.Core.Scheduling;

/// <summary>One entry of the observed list: a visit to a target.</summary>
public sealed class ObservedVisit
{
    internal ObservedVisit(string seqTime, Observation observation)
    {
        SeqTime = seqTime;
        Observation = observation;
    }

    /// <summary>Start of the visit, flat UTC: the key of the list.</summary>
    public string SeqTime { get; }

    /// <summary>What was observed.</summary>
    public Observation Observation { get; }

    /// <summary>Name of the target.</summary>
    public string Name => Observation.Name;

    /// <summary>True once the visit took at least the minimum in whole sets; it stays so when the next target is chosen.</summary>
    public bool Completed { get; internal set; }
}
