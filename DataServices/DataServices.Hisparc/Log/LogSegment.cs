using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace DataServices.Hisparc.Log;

/// <summary>The files of the log and what is in them.</summary>
internal static class LogSegment
{
    /// <summary>Every segment begins with these eight bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "HISPLOG1"u8;

    public static string PathOf(string directory, long number) => Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{number:D10}.log"));

    /// <summary>Numbers of the segments there are, ascending.</summary>
    public static IReadOnlyList<long> List(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*.log")
            .Select(file => long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0)
            .Order(),
    ];

    /// <summary>Reads the record at a position.</summary>
    /// <returns>The record and the position after it; null at the end or where the segment is damaged.</returns>
    public static (LogRecord Record, long Next)? Read(SafeFileHandle file, long offset, long end)
    {
        Span<byte> frame = stackalloc byte[LogRecord.FrameLength];
        if (offset + frame.Length > end || RandomAccess.Read(file, frame, offset) != frame.Length)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(frame);
        if (length < LogRecord.FixedLength || length > LogRecord.MaxLength || offset + frame.Length + length > end)
            return null;
        var body = GC.AllocateUninitializedArray<byte>(length);
        if (RandomAccess.Read(file, body, offset + frame.Length) != length || LogRecord.Checksum(body) != BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]))
            return null;
        return (LogRecord.Decode(body), offset + frame.Length + length);
    }
}
