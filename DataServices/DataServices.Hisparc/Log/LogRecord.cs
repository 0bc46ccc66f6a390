using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace DataServices.Hisparc.Log;

/// <summary>How the bytes of a record are to be read.</summary>
public enum LogRecordKind : byte
{
    /// <summary>The pickle of an upload: a list of events.</summary>
    Upload = 0,

    /// <summary>A spool file of the reference: a dictionary with station, cluster and events.</summary>
    Spool = 1,

    /// <summary>A spool file that was set aside as suspicious and that the operator released: its dates are not judged again.</summary>
    ReleasedSpool = 2,
}

/// <summary>One acknowledged batch, as it is kept in the log.</summary>
/// <param name="Kind">How to read <paramref name="Data"/>.</param>
/// <param name="Station">Number of the station.</param>
/// <param name="Cluster">Name of its cluster at the time, as in the station list.</param>
/// <param name="Received">When it came, UTC.</param>
/// <param name="Identity">MD5 of the bytes, 16 bytes.</param>
/// <param name="Data">The bytes exactly as they came.</param>
public sealed record LogRecord(LogRecordKind Kind, int Station, string Cluster, DateTimeOffset Received, ReadOnlyMemory<byte> Identity, ReadOnlyMemory<byte> Data)
{
    /// <summary>Bytes in front of every record: length and CRC-32C of what follows.</summary>
    public const int FrameLength = 8;

    /// <summary>Longest record; a length beyond it can only be damage.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Bytes of a record without frame, cluster and data.</summary>
    public const int FixedLength = 1 + 4 + 8 + 16 + 2;

    /// <summary>Bytes of the record with its frame.</summary>
    public int EncodedLength => FrameLength + FixedLength + Encoding.UTF8.GetByteCount(Cluster) + Data.Length;

    /// <summary>Writes the record with its frame; the target is exactly <see cref="EncodedLength"/> long.</summary>
    public void Encode(Span<byte> target)
    {
        var body = target[FrameLength..];
        body[0] = (byte)Kind;
        BinaryPrimitives.WriteInt32LittleEndian(body[1..], Station);
        BinaryPrimitives.WriteInt64LittleEndian(body[5..], Received.UtcTicks);
        Identity.Span.CopyTo(body[13..]);
        var cluster = Encoding.UTF8.GetBytes(Cluster, body[FixedLength..]);
        BinaryPrimitives.WriteUInt16LittleEndian(body[29..], (ushort)cluster);
        Data.Span.CopyTo(body[(FixedLength + cluster)..]);
        BinaryPrimitives.WriteInt32LittleEndian(target, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], Checksum(body));
    }

    /// <summary>Reads a record with its frame, or gives null when it is not one or is damaged.</summary>
    public static LogRecord? DecodeFrame(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < FrameLength + FixedLength || BinaryPrimitives.ReadInt32LittleEndian(bytes.Span) != bytes.Length - FrameLength)
            return null;
        var body = bytes[FrameLength..];
        return Checksum(body.Span) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[4..]) ? Decode(body) : null;
    }

    /// <summary>Reads the body of a record whose checksum was right.</summary>
    public static LogRecord Decode(ReadOnlyMemory<byte> body)
    {
        var span = body.Span;
        var cluster = BinaryPrimitives.ReadUInt16LittleEndian(span[29..]);
        return new LogRecord(
            (LogRecordKind)span[0],
            BinaryPrimitives.ReadInt32LittleEndian(span[1..]),
            Encoding.UTF8.GetString(span.Slice(FixedLength, cluster)),
            new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(span[5..]), TimeSpan.Zero),
            body.Slice(13, 16),
            body[(FixedLength + cluster)..]);
    }

    /// <summary>CRC-32C.</summary>
    public static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var single in data)
            crc = BitOperations.Crc32C(crc, single);
        return ~crc;
    }
}
