namespace Sequencer.Core.Configuration;

/// <summary>The local record store.</summary>
public sealed record DbOptions
{
    /// <summary>Name of the store: the folder below <see cref="Folder"/>.</summary>
    public string Name { get; init; } = "panoptes";

    /// <summary>Files, or memory for a run that leaves nothing behind.</summary>
    public DbKind Type { get; init; } = DbKind.File;

    /// <summary>Folder of the stores, relative to <c>directories.base</c>; absolute after loading.</summary>
    public string Folder { get; init; } = "json_store";
}
