namespace Sequencer.Imaging;

/// <summary>What is handed to solve-field.</summary>
public enum AstrometryInput
{
    /// <summary>The list of our own star detection: faster, and the same stars that later frames are registered with.</summary>
    StarList,

    /// <summary>The picture itself, for frames on which our detection finds too little.</summary>
    Picture,
}

/// <summary>How astrometry.net is run.</summary>
/// <param name="Program">Name or path of solve-field.</param>
/// <param name="Input">Star list or picture.</param>
/// <param name="ConfigFile">Engine configuration (index folders), null for the installed one.</param>
/// <param name="TemporaryFolder">Where each solve gets a directory of its own, null for the system's folder for temporary files.</param>
public sealed record AstrometryNetOptions(
    string Program = "solve-field",
    AstrometryInput Input = AstrometryInput.StarList,
    string? ConfigFile = null,
    string? TemporaryFolder = null);
