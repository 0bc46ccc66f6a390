namespace DataServices.Hdf5;

/// <summary>A one-dimensional, extensible dataset. Base of <see cref="Hdf5Table"/> and <see cref="Hdf5BlobArray"/>.</summary>
public abstract unsafe class Hdf5Dataset : IDisposable
{
    /// <summary>When HDF5 writes the fill value: on allocation, whether one is set or not.</summary>
    private protected const int FillOnAllocation = 0;

    private protected Hdf5Dataset(Hdf5File file, string node, long dataset)
    {
        File = file;
        Node = node;
        Dataset = dataset;
        Count = ReadCount();
    }

    /// <summary>Path of the node inside the file.</summary>
    public string Node { get; }

    /// <summary>Rows or elements.</summary>
    public long Count { get; private set; }

    private protected Hdf5File File { get; }

    private protected long Dataset { get; private set; }

    public void Dispose()
    {
        using (Hdf5Library.Enter())
        {
            if (Dataset > 0)
                _ = NativeHdf5.DatasetClose(Dataset);
            Dataset = 0;
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a dataset without a chunk cache: appends touch the end of one chunk, which is faster to write through than to read, change and write.</summary>
    private protected static long OpenDataset(Hdf5File file, string node)
    {
        var access = Uncached();
        var dataset = NativeHdf5.DatasetOpen(file.Identifier, node, access);
        _ = NativeHdf5.PropertiesClose(access);
        return Hdf5Library.Check(dataset, file.Path, $"open {node}");
    }

    private protected static long CreateDataset(Hdf5File file, string node, long type, int chunk, int fillTime, ReadOnlySpan<byte> fill)
    {
        var access = Uncached();
        var creation = NativeHdf5.PropertiesCreate(Hdf5Library.Variable("H5P_CLS_DATASET_CREATE_ID_g"));
        ulong size = 0, maximum = NativeHdf5.Unlimited, chunkSize = (ulong)chunk;
        _ = NativeHdf5.SetChunk(creation, 1, &chunkSize);
        _ = NativeHdf5.SetFillTime(creation, fillTime);
        fixed (byte* value = fill)
        {
            if (fill.Length > 0)
                _ = Hdf5Library.Check(NativeHdf5.SetFillValue(creation, type, value), file.Path, $"set the defaults of {node}");
        }

        var space = NativeHdf5.SpaceCreateSimple(1, &size, &maximum);
        var dataset = NativeHdf5.DatasetCreate(file.Identifier, node, type, space, 0, creation, access);
        _ = NativeHdf5.SpaceClose(space);
        _ = NativeHdf5.PropertiesClose(creation);
        _ = NativeHdf5.PropertiesClose(access);
        return Hdf5Library.Check(dataset, file.Path, $"create {node}");
    }

    /// <summary>Makes room for more elements and writes them in one call.</summary>
    private protected void Append(long type, long count, void* data)
    {
        var size = (ulong)(Count + count);
        _ = Hdf5Library.Check(NativeHdf5.DatasetSetExtent(Dataset, &size), File.Path, $"extend {Node}");
        Transfer(type, Count, count, data, write: true);
        Count += count;
    }

    /// <summary>Reads into <paramref name="data"/>, or writes from it, a range of elements.</summary>
    private protected void Transfer(long type, long first, long count, void* data, bool write)
    {
        if (count == 0)
            return;
        ulong start = (ulong)first, length = (ulong)count;
        var fileSpace = NativeHdf5.DatasetSpace(Dataset);
        _ = NativeHdf5.SpaceSelect(fileSpace, 0, &start, null, &length, null);
        var memorySpace = NativeHdf5.SpaceCreateSimple(1, &length, null);
        var status = write
            ? NativeHdf5.DatasetWrite(Dataset, type, memorySpace, fileSpace, 0, data)
            : NativeHdf5.DatasetRead(Dataset, type, memorySpace, fileSpace, 0, data);
        _ = NativeHdf5.SpaceClose(memorySpace);
        _ = NativeHdf5.SpaceClose(fileSpace);
        _ = Hdf5Library.Check(status, File.Path, $"{(write ? "write to" : "read")} {Node}");
    }

    private protected void RequireRange(long first, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (first + count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), $"{Node} has {Count} elements; {first} to {first + count} were asked for.");
    }

    private static long Uncached()
    {
        var access = NativeHdf5.PropertiesCreate(Hdf5Library.Variable("H5P_CLS_DATASET_ACCESS_ID_g"));
        _ = NativeHdf5.SetChunkCache(access, 1, 0, 0);
        return access;
    }

    private long ReadCount()
    {
        var space = NativeHdf5.DatasetSpace(Dataset);
        var rank = NativeHdf5.SpaceRank(space);
        var points = NativeHdf5.SpacePoints(space);
        _ = NativeHdf5.SpaceClose(space);
        return rank == 1 ? points : throw new Hdf5Exception(File.Path, $"{File.Path}: {Node} has {rank} dimensions instead of one.");
    }
}
