using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Alpaca.Contract.Pixels;

/// <summary>
/// Turns rows of pixels into columns and back: cameras deliver images row by row, the wire wants them column by column.
/// Square tiles are turned in vector registers, and tiles are taken in an order that completes one cache line before the next is begun.
/// Processors without vectors, and images too narrow for a tile, take a plain loop.
/// </summary>
public static unsafe class PixelTranspose
{
    private const int CacheLine = 64;

    /// <summary>Writes <c>target[column * targetStride + row] = source[row * sourceStride + column]</c> for every row and column.</summary>
    /// <param name="source">Pixels, <paramref name="rows"/> rows of them.</param>
    /// <param name="sourceStride">Pixels from the start of one row of the source to the start of the next; at least <paramref name="columns"/>.</param>
    /// <param name="target">Where to write; must not overlap the source. What lies between its lines is left as it is.</param>
    /// <param name="targetStride">Pixels from the start of one line of the target to the next; at least <paramref name="rows"/>.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="pixelBytes">Bytes per pixel with all its planes: 1, 2, 4, 8, or three times as much for colour.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number that cannot be.</exception>
    /// <exception cref="ArgumentException">The pixels are not all inside the source or the target.</exception>
    public static void Copy(ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int rows, int columns, int pixelBytes) =>
        Copy(source, sourceStride, target, targetStride, rows, columns, pixelBytes, PixelKernel.Best);

    /// <summary>The same with the kernel of another processor, for the tests: every kernel must do what the others do.</summary>
    internal static void Copy(
        ReadOnlySpan<byte> source, int sourceStride, Span<byte> target, int targetStride, int rows, int columns, int pixelBytes, PixelKernel kernel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceStride, columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetStride, rows);
        if (rows == 0 || columns == 0)
            return;
        Require(source.Length, sourceStride, rows, columns, pixelBytes, nameof(source));
        Require(target.Length, targetStride, columns, rows, pixelBytes, nameof(target));
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            var matrix = new PixelMatrix(from, (nint)sourceStride * pixelBytes, to, (nint)targetStride * pixelBytes, rows, columns);
            var inVectors = Vector128.IsHardwareAccelerated && kernel != PixelKernel.Plain;
            switch (pixelBytes)
            {
                case 1:
                    Turn<BytesTile, byte>(matrix, inVectors);
                    break;
                case 2 when Avx2.IsSupported && kernel == PixelKernel.Best && rows >= WideWordsTile.Side && columns >= WideWordsTile.Side:
                    Turn<WideWordsTile, ushort>(matrix, inVectors);
                    break;
                case 2:
                    Turn<WordsTile, ushort>(matrix, inVectors);
                    break;
                case 4:
                    Turn<DoubleWordsTile, uint>(matrix, inVectors);
                    break;
                case 8:
                    Turn<QuadWordsTile, ulong>(matrix, inVectors);
                    break;
                case 3:
                    TurnPlainly<Colour<byte>>(matrix);
                    break;
                case 6:
                    TurnPlainly<Colour<ushort>>(matrix);
                    break;
                case 12:
                    TurnPlainly<Colour<uint>>(matrix);
                    break;
                case 24:
                    TurnPlainly<Colour<ulong>>(matrix);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(pixelBytes), pixelBytes, "No pixel has this size.");
            }
        }
    }

    private static void Require(int length, int stride, int lines, int lineLength, int pixelBytes, string name)
    {
        if ((((lines - 1L) * stride) + lineLength) * pixelBytes > length)
            throw new ArgumentException($"{lines} lines of {lineLength} pixels of {pixelBytes} bytes, {stride} pixels apart, do not fit into {length} bytes.", name);
    }

    /// <summary>Goes along the longer side of the matrix, so that the shorter is complete, and its cache lines are done with, before the next step.</summary>
    private static void Turn<TTile, TPixel>(in PixelMatrix matrix, bool inVectors)
        where TTile : struct, IPixelTile
        where TPixel : unmanaged
    {
        var side = TTile.Side;
        if (!inVectors || matrix.Rows < side || matrix.Columns < side)
        {
            TurnPlainly<TPixel>(matrix);
            return;
        }

        var step = CacheLine / sizeof(TPixel);
        if (matrix.Rows >= matrix.Columns)
        {
            for (var row = 0; row < matrix.Rows; row += step)
            {
                for (var column = 0; column < matrix.Columns; column += step)
                {
                    if (Sse.IsSupported)
                        Prefetch(matrix.Source + ((row + step) * matrix.SourceStride) + (column * sizeof(TPixel)), matrix.SourceStride, Math.Min(step, matrix.Rows - row - step));
                    TurnSquare<TTile, TPixel>(matrix, row, column, step);
                }
            }
        }
        else
        {
            for (var column = 0; column < matrix.Columns; column += step)
            {
                for (var row = 0; row < matrix.Rows; row += step)
                    TurnSquare<TTile, TPixel>(matrix, row, column, step);
            }
        }
    }

    /// <summary>Asks for lines of memory that lie too far apart for the processor to foresee.</summary>
    private static void Prefetch(byte* start, nint stride, int lines)
    {
        for (var line = 0; line < lines; line++)
            Sse.Prefetch0(start + (line * stride));
    }

    /// <summary>The tiles of a square one cache line wide. A tile that would stick out is moved back inside and turns some pixels a second time.</summary>
    private static void TurnSquare<TTile, TPixel>(in PixelMatrix matrix, int firstRow, int firstColumn, int step)
        where TTile : struct, IPixelTile
        where TPixel : unmanaged
    {
        var side = TTile.Side;
        var endRow = Math.Min(firstRow + step, matrix.Rows);
        var endColumn = Math.Min(firstColumn + step, matrix.Columns);
        for (var c = firstColumn; c < endColumn; c += side)
        {
            var column = Math.Min(c, matrix.Columns - side);
            for (var r = firstRow; r < endRow; r += side)
            {
                var row = Math.Min(r, matrix.Rows - side);
                TTile.Turn(
                    matrix.Source + (row * matrix.SourceStride) + (column * sizeof(TPixel)),
                    matrix.SourceStride,
                    matrix.Target + (column * matrix.TargetStride) + (row * sizeof(TPixel)),
                    matrix.TargetStride);
            }
        }
    }

    /// <summary>Pixel by pixel, still in tiles so that cache lines are used while they are there.</summary>
    private static void TurnPlainly<TPixel>(in PixelMatrix matrix)
        where TPixel : unmanaged
    {
        const int Side = 32;
        for (var firstRow = 0; firstRow < matrix.Rows; firstRow += Side)
        {
            var endRow = Math.Min(firstRow + Side, matrix.Rows);
            for (var column = 0; column < matrix.Columns; column++)
            {
                var from = matrix.Source + (firstRow * matrix.SourceStride) + ((nint)column * sizeof(TPixel));
                var to = (TPixel*)(matrix.Target + (column * matrix.TargetStride)) + firstRow;
                for (var row = firstRow; row < endRow; row++)
                {
                    Unsafe.WriteUnaligned(to++, Unsafe.ReadUnaligned<TPixel>(from));
                    from += matrix.SourceStride;
                }
            }
        }
    }

    /// <summary>The three values of a colour pixel, which travel side by side and stay so.</summary>
    private readonly record struct Colour<T>(T Red, T Green, T Blue)
        where T : unmanaged;

    /// <summary>Where the pixels are and where they go; strides in bytes.</summary>
    private readonly struct PixelMatrix(byte* source, nint sourceStride, byte* target, nint targetStride, int rows, int columns)
    {
        public readonly byte* Source = source;
        public readonly nint SourceStride = sourceStride;
        public readonly byte* Target = target;
        public readonly nint TargetStride = targetStride;
        public readonly int Rows = rows;
        public readonly int Columns = columns;
    }
}

/// <summary>Which of the ways to turn a tile.</summary>
internal enum PixelKernel
{
    /// <summary>The fastest this processor has.</summary>
    Best,

    /// <summary>Vectors of 128 bits, which every 64-bit processor has.</summary>
    Vector128,

    /// <summary>No vectors.</summary>
    Plain,
}
