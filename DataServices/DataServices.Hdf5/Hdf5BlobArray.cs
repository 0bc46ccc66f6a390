using System.Buffers;

namespace DataServices.Hdf5;

/// <summary>An array of byte strings of any length: PyTables' VLArray of VLStringAtom.</summary>
public sealed unsafe class Hdf5BlobArray : Hdf5Dataset
{
    private Hdf5BlobArray(Hdf5File file, string node, long dataset)
        : base(file, node, dataset)
    {
    }

    /// <summary>Creates an empty array. The group must exist.</summary>
    /// <param name="chunk">Elements of a chunk; each takes 16 bytes as soon as the chunk is begun. PyTables takes 65536.</param>
    public static Hdf5BlobArray Create(Hdf5File file, string node, string title, int chunk)
    {
        ArgumentNullException.ThrowIfNull(file);
        using (Hdf5Library.Enter())
        {
            var type = ByteStrings();
            var dataset = CreateDataset(file, node, type, chunk, FillOnAllocation, []);
            _ = NativeHdf5.TypeClose(type);
            Hdf5Attributes.WriteText(dataset, "CLASS", "VLARRAY", file.Path);
            Hdf5Attributes.WriteText(dataset, "PSEUDOATOM", "vlstring", file.Path);
            Hdf5Attributes.WriteText(dataset, "TITLE", title, file.Path);
            Hdf5Attributes.WriteText(dataset, "VERSION", "1.4", file.Path);
            return new Hdf5BlobArray(file, node, dataset);
        }
    }

    /// <summary>Opens an array.</summary>
    public static Hdf5BlobArray Open(Hdf5File file, string node)
    {
        ArgumentNullException.ThrowIfNull(file);
        using (Hdf5Library.Enter())
            return new Hdf5BlobArray(file, node, OpenDataset(file, node));
    }

    /// <summary>Whether a node is such an array rather than a table.</summary>
    public static bool Is(Hdf5File file, string node)
    {
        ArgumentNullException.ThrowIfNull(file);
        const int variableLength = 9;
        using (Hdf5Library.Enter())
        {
            var dataset = OpenDataset(file, node);
            var type = NativeHdf5.DatasetType(dataset);
            var kind = NativeHdf5.TypeClass(type);
            _ = NativeHdf5.TypeClose(type);
            _ = NativeHdf5.DatasetClose(dataset);
            return kind == variableLength;
        }
    }

    /// <summary>Appends byte strings in one call; an empty one is stored as a null reference.</summary>
    public void Append(IReadOnlyList<ReadOnlyMemory<byte>> blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        if (blobs.Count == 0)
            return;
        var pins = new MemoryHandle[blobs.Count];
        var entries = ArrayPool<NativeHdf5.VariableLength>.Shared.Rent(blobs.Count);
        try
        {
            for (var i = 0; i < blobs.Count; i++)
            {
                pins[i] = blobs[i].Pin();
                entries[i] = new NativeHdf5.VariableLength { Length = (nuint)blobs[i].Length, Data = blobs[i].IsEmpty ? null : pins[i].Pointer };
            }

            using (Hdf5Library.Enter())
            {
                var type = ByteStrings();
                try
                {
                    fixed (NativeHdf5.VariableLength* data = entries)
                        Append(type, blobs.Count, data);
                }
                finally
                {
                    _ = NativeHdf5.TypeClose(type);
                }
            }
        }
        finally
        {
            foreach (var pin in pins)
                pin.Dispose();
            ArrayPool<NativeHdf5.VariableLength>.Shared.Return(entries, clearArray: true);
        }
    }

    /// <summary>Reads a range of byte strings.</summary>
    public byte[][] Read(long first, long count)
    {
        RequireRange(first, count);
        var blobs = new byte[count][];
        if (count == 0)
            return blobs;
        var entries = new NativeHdf5.VariableLength[count];
        using (Hdf5Library.Enter())
        {
            var type = ByteStrings();
            try
            {
                fixed (NativeHdf5.VariableLength* data = entries)
                {
                    Transfer(type, first, count, data, write: false);
                    for (var i = 0; i < count; i++)
                        blobs[i] = new ReadOnlySpan<byte>(data[i].Data, checked((int)data[i].Length)).ToArray();
                    var length = (ulong)count;
                    var space = NativeHdf5.SpaceCreateSimple(1, &length, null);
                    _ = NativeHdf5.Reclaim(type, space, 0, data);
                    _ = NativeHdf5.SpaceClose(space);
                }
            }
            finally
            {
                _ = NativeHdf5.TypeClose(type);
            }
        }

        return blobs;
    }

    private static long ByteStrings()
    {
        var element = Hdf5Types.Element(ColumnKind.UInt8);
        var type = NativeHdf5.TypeVariableLength(element);
        _ = NativeHdf5.TypeClose(element);
        return type;
    }
}
