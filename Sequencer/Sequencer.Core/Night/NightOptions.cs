using Sequencer.Core.Records;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Night;

/// <summary>How a night is run.</summary>
public sealed record NightOptions
{
    /// <summary>The night ends after this long at the latest; null runs until dawn.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>One target, then no more.</summary>
    public bool RunOnce { get; init; }

    /// <summary>The targets, in place of the configured target list.</summary>
    public Func<IReadOnlyList<Observation>>? Targets { get; init; }

    /// <summary>The record store, in place of the configured one.</summary>
    public RecordStore? Records { get; init; }

    /// <summary>Seed of the simulation, for the journal.</summary>
    public long? Seed { get; init; }

    /// <summary>Rate of the clock, for the journal.</summary>
    public double? Rate { get; init; }

    /// <summary>Free space of the disks, in place of the real ones.</summary>
    public Func<Equipment.DiskSpace>? Disks { get; init; }

    /// <summary>Hold the weather unsafe for the safety delay at the start, as after a power cut of unknown length.</summary>
    public bool StartHeld { get; init; }
}

/// <summary>How a night ended.</summary>
/// <param name="EndedParked">The mount's own reading said parked at the end.</param>
/// <param name="EndedClosed">The shutter's own sensor said closed at the end, or there is no dome.</param>
/// <param name="Reason">Why it ended: over, cancelled, or what went wrong.</param>
public sealed record NightResult(bool EndedParked, bool EndedClosed, string Reason)
{
    /// <summary>True if the night ended as it should: parked and closed.</summary>
    public bool Ok => EndedParked && EndedClosed;
}
