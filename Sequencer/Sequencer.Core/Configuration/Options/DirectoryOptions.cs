namespace Sequencer.Core.Configuration;

/// <summary>Where files are read and written. After loading every path is absolute: relative ones stand on <see cref="Base"/>, and that on the configuration file's folder.</summary>
public sealed record DirectoryOptions
{
    /// <summary>Root of the relative directories.</summary>
    public string Base { get; init; } = ".";

    /// <summary>FITS files.</summary>
    public string Images { get; init; } = "images";

    /// <summary>Target lists.</summary>
    public string Fields { get; init; } = "conf_files/fields";

    /// <summary>Journal and summaries of the nights.</summary>
    public string Logs { get; init; } = "logs";

    /// <summary>Makes all paths absolute.</summary>
    /// <param name="folder">Absolute folder that <see cref="Base"/> stands on.</param>
    public DirectoryOptions Resolve(string folder)
    {
        var root = Path.GetFullPath(Base, folder);
        return new() { Base = root, Images = Path.GetFullPath(Images, root), Fields = Path.GetFullPath(Fields, root), Logs = Path.GetFullPath(Logs, root) };
    }
}
