namespace Sequencer.Core.Configuration;

/// <summary>What happens to every frame.</summary>
public sealed record ObservationsOptions
{
    /// <summary>Compress FITS files (tile compression, lossless).</summary>
    public bool CompressFits { get; init; } = true;

    /// <summary>Keep a record of every frame.</summary>
    public bool RecordObservations { get; init; } = true;

    /// <summary>Write a preview picture of every frame.</summary>
    public bool MakePrettyImages { get; init; } = true;

    /// <summary>Plate-solve every frame.</summary>
    public bool PlateSolve { get; init; }
}
