namespace DataServices.Hipercam;

/// <summary>How a source is read.</summary>
public sealed record SourceOptions
{
    /// <summary>First frame, from 1; 0: always the newest; -k, from the HiPERCAM server only: always the one k before the newest.</summary>
    public int First { get; init; } = 1;

    /// <summary>Whether a local run may still grow: then its end is "not yet".</summary>
    public bool IsFollowing { get; init; }

    /// <summary>HiPERCAM: whether frames carry the cards of the run besides the times.</summary>
    public bool IsFull { get; init; } = true;

    /// <summary>ULTRACAM's oldest runs: see <see cref="UltracamRun.FromXml"/>.</summary>
    public bool CorrectLegacyTrim { get; init; }

    /// <summary>Address of the file server; null: the environment variable, then its default.</summary>
    public string? Server { get; init; }

    /// <summary>Of a list of .hcm files: only this chip.</summary>
    public string? Ccd { get; init; }

    /// <summary>Instruments that are not built in, for the sources <c>NAME:local</c> and <c>NAME:server</c>.</summary>
    public IReadOnlyList<IInstrument> Instruments { get; init; } = [];

    /// <summary>What deadlines and waits run on.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
