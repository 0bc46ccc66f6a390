using System.Buffers.Binary;
using System.Security.Cryptography;
using DataServices.Hisparc.Events;

namespace DataServices.Hisparc.Store;

/// <summary>
/// What makes an event the same event: its time, and everything that is stored of it. It can be computed from the upload and from the file alike,
/// so the file itself remembers which events it has.
/// </summary>
internal static class EventIdentity
{
    /// <summary>Key and content hash of a row.</summary>
    /// <param name="row">The row; event number and blob places do not matter.</param>
    /// <param name="blob">The blob at a place.</param>
    public static (ulong Key, ulong Content) Of(EventType type, ReadOnlySpan<byte> row, Func<int, ReadOnlyMemory<byte>> blob)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> plain = stackalloc byte[row.Length];
        row.CopyTo(plain);
        plain[..4].Clear();
        Span<byte> length = stackalloc byte[4];
        foreach (var column in type.BlobColumns)
        {
            for (var i = 0; i < column.Count; i++)
            {
                var cell = plain.Slice(column.Offset + 4 * i, 4);
                var place = BinaryPrimitives.ReadInt32LittleEndian(cell);
                if (place < 0)
                    continue;
                cell.Clear();
                var bytes = blob(place).Span;
                BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
                hash.AppendData(length);
                hash.AppendData(bytes);
            }
        }

        hash.AppendData(plain);
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        var key = type.HasExtendedTime ? BinaryPrimitives.ReadUInt64LittleEndian(row[12..]) : BinaryPrimitives.ReadUInt32LittleEndian(row[4..]);
        return (key, Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(digest)));
    }
}
