using System.Buffers;
using Alpaca.Contract;
using Alpaca.Contract.Pixels;

namespace Alpaca.Hosting;

/// <summary>Turns an image from the sensor's order (row by row) into the wire's (column by column), some columns at a time, in the type in which it travels.</summary>
internal static class ImageColumns
{
    private const int CacheLine = 64;

    /// <summary>What a block of columns may take if one cache line of each row is more than the usual.</summary>
    private const int LargestBlock = 4 * 1024 * 1024;

    /// <summary>Rows that are narrowed before they are turned, and the room for them: well within the first cache.</summary>
    private const int NarrowedRows = 64;
    private const int NarrowedBytes = 16 * 1024;

    /// <summary>How many columns to turn at a time: about <paramref name="blockBytes"/>, in whole cache lines of the rows, so that no line is fetched twice.</summary>
    /// <param name="image">The image.</param>
    /// <param name="type">The type in which it travels.</param>
    /// <param name="blockBytes">The usual size of a block.</param>
    public static int PerBlock(ImageArray image, ImageElementType type, int blockBytes)
    {
        var columnBytes = (long)image.Height * image.Planes * type.SizeInBytes();
        var line = Math.Max(1, CacheLine / (image.Planes * image.ElementType.SizeInBytes()));
        var columns = blockBytes / columnBytes / line * line;
        if (columns == 0)
            columns = Math.Min(line, LargestBlock / columnBytes);
        return (int)Math.Clamp(columns, 1, image.Width);
    }

    /// <summary>Copies columns of the image, converting their elements.</summary>
    /// <param name="image">Where to copy from.</param>
    /// <param name="type">What to convert to: a type that holds every value, see <see cref="WireElements.SmallestType"/>.</param>
    /// <param name="first">First column.</param>
    /// <param name="columns">How many.</param>
    /// <param name="destination">Exactly the bytes of these columns.</param>
    public static void Copy(ImageArray image, ImageElementType type, int first, int columns, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + columns, image.Width);
        var fromBytes = image.ElementType.SizeInBytes();
        var toBytes = type.SizeInBytes();
        if (fromBytes == toBytes)
        {
            var pixelBytes = image.Planes * toBytes;
            PixelTranspose.Copy(image.Bytes.Span[(first * pixelBytes)..], image.Width, destination, image.Height, image.Height, columns, pixelBytes);
            return;
        }

        var narrowed = ArrayPool<byte>.Shared.Rent(NarrowedBytes);
        try
        {
            CopyNarrowed(image, fromBytes, toBytes, first, columns, destination, narrowed);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(narrowed);
        }
    }

    private static void CopyNarrowed(ImageArray image, int fromBytes, int toBytes, int first, int columns, Span<byte> destination, Span<byte> narrowed)
    {
        var source = image.Bytes.Span;
        var (planes, height, width) = (image.Planes, image.Height, image.Width);
        var pixelBytes = planes * toBytes;
        var columnsAtOnce = NarrowedBytes / (NarrowedRows * pixelBytes);
        for (var column = 0; column < columns; column += columnsAtOnce)
        {
            var count = Math.Min(columnsAtOnce, columns - column);
            for (var row = 0; row < height; row += NarrowedRows)
            {
                var rows = Math.Min(NarrowedRows, height - row);
                for (var r = 0; r < rows; r++)
                {
                    var pixel = ((row + r) * width) + first + column;
                    WireElements.Narrow(source.Slice(pixel * planes * fromBytes, count * planes * fromBytes), fromBytes, narrowed.Slice(r * count * pixelBytes, count * pixelBytes), toBytes);
                }

                PixelTranspose.Copy(narrowed, count, destination[(((column * height) + row) * pixelBytes)..], height, rows, count, pixelBytes);
            }
        }
    }
}
