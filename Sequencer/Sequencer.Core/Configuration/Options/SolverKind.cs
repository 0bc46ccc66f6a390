namespace Sequencer.Core.Configuration;

/// <summary>Which plate solver.</summary>
public enum SolverKind
{
    /// <summary>astrometry.net's solve-field, with index files installed.</summary>
    Astrometry,

    /// <summary>The built-in matcher against a star catalogue, near a known position.</summary>
    Catalogue,
}
