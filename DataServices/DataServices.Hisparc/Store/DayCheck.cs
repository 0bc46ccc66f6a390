using System.Buffers.Binary;
using DataServices.Hdf5;
using DataServices.Hisparc.Events;

namespace DataServices.Hisparc.Store;

/// <summary>Looks whether a day file is whole.</summary>
public static class DayCheck
{
    /// <summary>Opens the file and compares what it says about itself.</summary>
    /// <param name="thorough">Read every row and every blob too.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<string> Problems(string path, bool thorough)
    {
        var problems = new List<string>();
        try
        {
            using var file = Hdf5File.Open(path);
            if (!file.Exists("/hisparc"))
                return [$"{path}: has no group /hisparc."];
            foreach (var node in file.Datasets())
                CheckNode(file, node, thorough, problems);
            file.Close();
        }
        catch (Hdf5Exception error)
        {
            problems.Add(error.Message);
        }

        return problems;
    }

    private static void CheckNode(Hdf5File file, string node, bool thorough, List<string> problems)
    {
        if (Hdf5BlobArray.Is(file, node))
        {
            using var blobs = Hdf5BlobArray.Open(file, node);
            for (long first = 0; thorough && first < blobs.Count; first += 4096)
                _ = blobs.Read(first, Math.Min(4096, blobs.Count - first));
            return;
        }

        using var table = Hdf5Table.Open(file, node);
        if (table.DeclaredRows != table.Count)
            problems.Add($"{file.Path}: {node} says it has {table.DeclaredRows} rows, and has {table.Count}.");
        var slash = node.LastIndexOf('/');
        if (!thorough || EventTypes.OfTable(node[(slash + 1)..]) is not { } type || !file.Exists(node[..slash] + "/blobs"))
            return;
        using var others = Hdf5BlobArray.Open(file, node[..slash] + "/blobs");
        for (long first = 0; first < table.Count; first += 4096)
        {
            var count = Math.Min(4096, table.Count - first);
            CheckRows(file.Path, node, type, table.Read(first, count), table.Layout.RowSize, first, others.Count, problems);
        }
    }

    private static void CheckRows(string path, string node, EventType type, byte[] rows, int size, long first, long blobs, List<string> problems)
    {
        for (var i = 0; i < rows.Length / size; i++)
        {
            var row = rows.AsSpan(i * size, size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(row) != first + i + 1)
                problems.Add($"{path}: {node} row {first + i} has event_id {BinaryPrimitives.ReadUInt32LittleEndian(row)}.");
            foreach (var column in type.BlobColumns)
            {
                for (var element = 0; element < column.Count; element++)
                {
                    var place = BinaryPrimitives.ReadInt32LittleEndian(row[(column.Offset + 4 * element)..]);
                    if (place >= blobs)
                        problems.Add($"{path}: {node} row {first + i} points at blob {place} of {blobs}.");
                }
            }
        }
    }
}
