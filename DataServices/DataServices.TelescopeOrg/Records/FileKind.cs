namespace DataServices.TelescopeOrg;

/// <summary>What the image engine makes of a job.</summary>
public enum FileKind
{
    /// <summary>One FITS file with the filters as its third axis.</summary>
    Cube,

    /// <summary>A zip archive of one FITS file per filter.</summary>
    Zip,
}
