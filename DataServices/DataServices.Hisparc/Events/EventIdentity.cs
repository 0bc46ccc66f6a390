using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DataServices.Hisparc.Events;

/// <summary>
/// What makes an event the same event: its time, and everything that is stored of it. It can be computed from the upload and from the file alike,
/// so the file itself remembers which events it has.
/// </summary>
/// <param name="Key">Its time.</param>
/// <param name="Content">Hash of what is stored of it; never 0.</param>
public readonly record struct EventIdentity(ulong Key, ulong Content)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _content;

    /// <summary>The identity of a row.</summary>
    /// <param name="row">The row; event number and blob places do not matter.</param>
    /// <param name="blob">The blob at a place.</param>
    public static EventIdentity Of(EventType type, ReadOnlySpan<byte> row, Func<int, ReadOnlyMemory<byte>> blob)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(blob);
        var content = _content ??= new ArrayBufferWriter<byte>(4096);
        content.ResetWrittenCount();
        var plain = content.GetSpan(row.Length)[..row.Length];
        row.CopyTo(plain);
        plain[..4].Clear();
        foreach (var column in type.BlobColumns)
        {
            for (var i = 0; i < column.Count; i++)
            {
                var cell = plain.Slice(column.Offset + 4 * i, 4);
                if (BinaryPrimitives.ReadInt32LittleEndian(cell) >= 0)
                    cell.Clear();
            }
        }

        content.Advance(row.Length);
        foreach (var column in type.BlobColumns)
        {
            for (var i = 0; i < column.Count; i++)
            {
                var place = BinaryPrimitives.ReadInt32LittleEndian(row[(column.Offset + 4 * i)..]);
                if (place < 0)
                    continue;
                var bytes = blob(place).Span;
                BinaryPrimitives.WriteInt32LittleEndian(content.GetSpan(4), bytes.Length);
                content.Advance(4);
                content.Write(bytes);
            }
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content.WrittenSpan, digest);
        var key = type.HasExtendedTime ? BinaryPrimitives.ReadUInt64LittleEndian(row[12..]) : BinaryPrimitives.ReadUInt32LittleEndian(row[4..]);
        return new EventIdentity(key, Math.Max(1, BinaryPrimitives.ReadUInt64LittleEndian(digest)));
    }
}
