using System.Runtime.InteropServices;

namespace Alpaca.Client.Images;

/// <summary>
/// Turns what ImageBytes carries, column after column, into rows. Works on a few columns at a time: as many as make a cache line of each row,
/// so that every line of the image is written once.
/// </summary>
internal static class ColumnTranspose
{
    private const int CacheLine = 64;

    /// <summary>Columns to collect before they are turned.</summary>
    public static int ColumnsPerStrip(int pixelBytes) => Math.Max(1, CacheLine * 2 / pixelBytes);

    /// <summary>Writes columns into an image.</summary>
    /// <param name="columns">Whole columns, each of <paramref name="height"/> pixels.</param>
    /// <param name="image">The whole image, row by row.</param>
    /// <param name="firstColumn">Where the columns belong.</param>
    /// <param name="width">Pixels per row of the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="pixelBytes">Bytes per pixel, all planes together.</param>
    public static void Write(ReadOnlySpan<byte> columns, Span<byte> image, int firstColumn, int width, int height, int pixelBytes)
    {
        switch (pixelBytes)
        {
            case 1:
                Write(columns, image, firstColumn, width, height);
                break;
            case 2:
                Write(Cast<ushort>(columns), Cast<ushort>(image), firstColumn, width, height);
                break;
            case 4:
                Write(Cast<uint>(columns), Cast<uint>(image), firstColumn, width, height);
                break;
            case 8:
                Write(Cast<ulong>(columns), Cast<ulong>(image), firstColumn, width, height);
                break;
            case 3:
                Write(Cast<Colour<byte>>(columns), Cast<Colour<byte>>(image), firstColumn, width, height);
                break;
            case 6:
                Write(Cast<Colour<ushort>>(columns), Cast<Colour<ushort>>(image), firstColumn, width, height);
                break;
            case 12:
                Write(Cast<Colour<uint>>(columns), Cast<Colour<uint>>(image), firstColumn, width, height);
                break;
            case 24:
                Write(Cast<Colour<ulong>>(columns), Cast<Colour<ulong>>(image), firstColumn, width, height);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(pixelBytes), pixelBytes, "No pixel has this size.");
        }
    }

    private static void Write<T>(ReadOnlySpan<T> columns, Span<T> image, int firstColumn, int width, int height)
        where T : unmanaged
    {
        var count = columns.Length / height;
        for (var y = 0; y < height; y++)
        {
            var row = image.Slice((y * width) + firstColumn, count);
            var from = y;
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = columns[from];
                from += height;
            }
        }
    }

    private static Span<T> Cast<T>(Span<byte> bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);

    private static ReadOnlySpan<T> Cast<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes);

    /// <summary>The three values of a colour pixel, which travel side by side and stay so.</summary>
    private readonly record struct Colour<T>(T Red, T Green, T Blue)
        where T : unmanaged;
}
