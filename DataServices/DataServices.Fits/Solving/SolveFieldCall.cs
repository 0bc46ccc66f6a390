namespace DataServices.Fits;

/// <summary>What solve-field is asked: one FITS file, what is known of it beforehand, and how long it may take.</summary>
/// <param name="Input">The picture, or the star list as a table; a path, relative ones within the directory of the run.</param>
/// <param name="CpuLimit">Processor time; solve-field counts whole seconds, at least one.</param>
/// <param name="Deadline">Time after which it is stopped, with all it started.</param>
public sealed record SolveFieldCall(string Input, TimeSpan CpuLimit, TimeSpan Deadline)
{
    /// <summary>Name or path of the program.</summary>
    public string Program { get; init; } = "solve-field";

    /// <summary>Engine configuration (index folders), null for the installed one.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Smallest and largest scale, arcsec/pixel; null searches all.</summary>
    public (double Low, double High)? Scale { get; init; }

    /// <summary>Where to look, degrees (J2000); null searches the whole sky.</summary>
    public (double RightAscension, double Declination, double Radius)? Around { get; init; }

    /// <summary>Whether the solution is wanted as a copy of the input with the world coordinates in its header (<c>.new</c>), instead of a header alone (<c>.wcs</c>).</summary>
    public bool CopiesFrame { get; init; }

    /// <summary>Further options, for example of a star list's columns.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
