using DataServices.Hdf5;

namespace DataServices.Hisparc.Store;

/// <summary>How day files are written.</summary>
public sealed record StoreOptions
{
    /// <summary>Type of the timestamp column: <see cref="ColumnKind.Time32"/> as ever, or <see cref="ColumnKind.Int32"/>, which every reader understands.</summary>
    public ColumnKind TimeKind { get; init; } = ColumnKind.Time32;

    /// <summary>Elements of a chunk of blobs. PyTables' 65536 cost 1 MiB per station and day.</summary>
    public int BlobChunk { get; init; } = 65536;

    /// <summary>Reproduce the reference where it is wrong, and store what comes twice twice.</summary>
    public bool ReferenceCompatible { get; init; }

    /// <summary>Free space, in bytes, below which nothing is written; null: 2 % of the volume, at least 4 MiB and at most 256 MiB.</summary>
    public long? DiskReserve { get; init; }

    /// <summary>Which days of which clusters are written here; the others belong to other writers. Null: all.</summary>
    public Func<DateOnly, string, bool>? Keeps { get; init; }

    /// <summary>Read every file again after it was written, before what it contains is acknowledged to a broker.</summary>
    public bool VerifyWrites { get; init; }

    /// <summary>How long batches stay in the log after they are rows, so that a day can be rebuilt.</summary>
    public TimeSpan KeepLog { get; init; } = TimeSpan.FromDays(7);
}
