using System.Buffers.Binary;
using System.IO.Compression;

namespace DataServices.Fits;

/// <summary>Writes 8-bit PNG pictures (ISO/IEC 15948), grey or RGB.</summary>
public static class PngWriter
{
    /// <summary>Writes a picture, top row first.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="pixels">Row after row; one byte per pixel, or three (red, green, blue).</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="isColour">Whether there are three bytes per pixel.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> pixels, int width, int height, bool isColour)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var samples = isColour ? 3 : 1;
        if (width < 1 || height < 1 || pixels.Length != (long)width * height * samples)
            throw new ArgumentException($"{pixels.Length} bytes do not make a picture of {width} x {height} x {samples}.", nameof(pixels));

        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = (byte)(isColour ? 2 : 0);
        header[10..].Clear();
        WriteChunk(stream, "IHDR"u8, header);

        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            var stride = width * samples;
            for (var y = 0; y < height; y++)
            {
                // Each row is preceded by its filter; 0 is none, which suits noise.
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(y * stride, stride));
            }
        }

        WriteChunk(stream, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        stream.Write(word);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Append(Crc32.Append(0, type), data));
        stream.Write(word);
    }
}
