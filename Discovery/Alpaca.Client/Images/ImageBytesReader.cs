using System.Buffers;
using System.Text;
using Alpaca.Contract;
using Alpaca.Contract.Pixels;

namespace Alpaca.Client.Images;

/// <summary>Reads an image in ImageBytes form from the network straight into pooled memory, turning columns into rows as they arrive.</summary>
internal static class ImageBytesReader
{
    private const int MaximumPreamble = 64 << 10;
    private const int CacheLine = 64;

    /// <summary>Bytes of columns collected before they are turned: as many as stay in the cache.</summary>
    private const int StripBytes = 2 << 20;
    private const int LargestStrip = 4 << 20;
    private const int MaximumMessage = 8 << 10;

    /// <param name="stream">The reply's body.</param>
    /// <param name="contentLength">Bytes of the body, if the server said.</param>
    /// <param name="maximumBytes">The largest image accepted, bytes in memory.</param>
    /// <param name="inspect">Is shown the header.</param>
    /// <exception cref="AlpacaException">The device refused.</exception>
    /// <exception cref="InvalidDataException">The header describes no image.</exception>
    /// <exception cref="EndOfStreamException">The body ends before the image does.</exception>
    public static async ValueTask<ImageArray> ReadAsync(
        Stream stream, long? contentLength, long maximumBytes, Action<ImageBytesHeader> inspect, CancellationToken cancel)
    {
        var start = ArrayPool<byte>.Shared.Rent(ImageBytesHeader.Size);
        ImageBytesHeader header;
        try
        {
            await stream.ReadExactlyAsync(start.AsMemory(0, ImageBytesHeader.Size), cancel);
            header = ImageBytesHeader.Read(start.AsSpan(0, ImageBytesHeader.Size));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(start);
        }

        inspect(header);
        if (header.DataStart is < ImageBytesHeader.Size or > MaximumPreamble)
            throw new InvalidDataException($"DataStart is {header.DataStart}; {ImageBytesHeader.Size} is usual.");
        await SkipAsync(stream, header.DataStart - ImageBytesHeader.Size, cancel);
        if (header.ErrorNumber != 0)
            AlpacaReply.ThrowIfError(header.ErrorNumber, await ReadMessageAsync(stream, cancel));
        var planes = Validate(header, contentLength, maximumBytes);
        var image = ImageArray.Rent(header.Dimension1, header.Dimension2, planes, header.TransmissionElementType, out var pixels);
        try
        {
            await ReadColumnsAsync(stream, image, pixels, cancel);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static int Validate(ImageBytesHeader header, long? contentLength, long maximumBytes)
    {
        var planes = header.Rank switch
        {
            2 => 1,
            3 => header.Dimension3,
            _ => throw new InvalidDataException($"the image has rank {header.Rank}; only 2 and 3 exist."),
        };
        if (header.Dimension1 <= 0 || header.Dimension2 <= 0 || planes is not (1 or 3))
            throw new InvalidDataException($"the image measures {header.Dimension1} x {header.Dimension2} x {planes}.");
        if (header.TransmissionElementType is ImageElementType.Unknown || !Enum.IsDefined(header.TransmissionElementType))
            throw new InvalidDataException($"the pixels have type {(int)header.TransmissionElementType}, which does not exist.");
        var pixelBytes = planes * header.TransmissionElementType.SizeInBytes();
        var most = Math.Min(maximumBytes, Array.MaxLength);
        if ((long)header.Dimension1 * header.Dimension2 > most / pixelBytes)
            throw new InvalidDataException($"an image of {header.Dimension1} x {header.Dimension2} x {planes} pixels takes more than the {most} bytes allowed.");
        var expected = header.DataStart + ((long)header.Dimension1 * header.Dimension2 * pixelBytes);
        if (contentLength is { } length && length < expected)
            throw new InvalidDataException($"an image of {header.Dimension1} x {header.Dimension2} x {planes} needs {expected} bytes; the answer has {length}.");
        return planes;
    }

    private static async ValueTask ReadColumnsAsync(Stream stream, ImageArray image, Memory<byte> pixels, CancellationToken cancel)
    {
        var pixelBytes = image.Planes * image.ElementType.SizeInBytes();
        var columnBytes = image.Height * pixelBytes;
        var columns = ColumnsPerStrip(image.Width, columnBytes, pixelBytes);
        var strip = ArrayPool<byte>.Shared.Rent(columns * columnBytes);
        try
        {
            for (var x = 0; x < image.Width; x += columns)
            {
                var count = Math.Min(columns, image.Width - x);
                await stream.ReadExactlyAsync(strip.AsMemory(0, count * columnBytes), cancel);
                PixelTranspose.Copy(strip, image.Height, pixels.Span[(x * pixelBytes)..], image.Width, count, image.Height, pixelBytes);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(strip);
        }
    }

    /// <summary>Whole cache lines of the image's rows, so that none is written twice.</summary>
    private static int ColumnsPerStrip(int width, int columnBytes, int pixelBytes)
    {
        var line = Math.Max(1, CacheLine / pixelBytes);
        var columns = StripBytes / columnBytes / line * line;
        if (columns == 0)
            columns = Math.Min(line, LargestStrip / columnBytes);
        return Math.Clamp(columns, 1, width);
    }

    private static async ValueTask SkipAsync(Stream stream, int count, CancellationToken cancel)
    {
        var rest = ArrayPool<byte>.Shared.Rent(Math.Max(1, count));
        try
        {
            await stream.ReadExactlyAsync(rest.AsMemory(0, count), cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    private static async ValueTask<string> ReadMessageAsync(Stream stream, CancellationToken cancel)
    {
        var text = ArrayPool<byte>.Shared.Rent(MaximumMessage);
        try
        {
            var length = await stream.ReadAtLeastAsync(text.AsMemory(0, MaximumMessage), MaximumMessage, throwOnEndOfStream: false, cancel);
            return Encoding.UTF8.GetString(text, 0, length).TrimEnd('\0');
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }
}
