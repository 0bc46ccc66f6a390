using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DataServices.Hipercam;

/// <summary>
/// Sorts the words of a HiPERCAM frame, where twenty amplifiers alternate, into one image per amplifier, the right way round and without
/// the offset of FITS' unsigned integers.
/// </summary>
internal static class HipercamDecoder
{
    private const int Lane = 8;
    private const ushort Offset = 0x8000;

    // Two pixels of four amplifiers (e f g h e f g h, big-endian) to ee ff gg hh in this machine's order.
    private static readonly Vector128<byte> _pair = Vector128.Create((byte)1, 0, 9, 8, 3, 2, 11, 10, 5, 4, 13, 12, 7, 6, 15, 14);
    private static readonly Vector128<byte> _reverse = Vector128.Create((byte)14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1);

    /// <summary>Decodes whole rows of one window set.</summary>
    /// <param name="layout">The run's.</param>
    /// <param name="set">Which window set.</param>
    /// <param name="firstRow">First row in the order of the readout; a multiple of four when pixels are grouped by four.</param>
    /// <param name="source">The rows' bytes.</param>
    /// <param name="target">The frame's pixels.</param>
    public static unsafe void DecodeRows(HipercamLayout layout, HipercamLayout.Set set, int firstRow, ReadOnlySpan<byte> source, ushort[] target)
    {
        if (source.IsEmpty)
            return;
        int nx = set.Nx, rows = source.Length / (nx * HipercamLayout.BytesPerPixel);
        fixed (byte* bytes = source)
        fixed (ushort* pixels = target)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var ccd = 0; ccd < HipercamLayout.Ccds; ccd++)
                {
                    var lines = new Lines(layout, set, ccd, firstRow + row, pixels);
                    var done = Ssse3.IsSupported ? DecodeVectors(bytes, row * nx, nx, ccd, layout.IsGroupedByFour, lines) : 0;
                    for (var x = done; x < nx; x++)
                    {
                        var words = (ushort*)(bytes + PixelAddress(row * nx + x, ccd, layout.IsGroupedByFour));
                        for (var amplifier = 0; amplifier < HipercamLayout.Amplifiers; amplifier++)
                        {
                            var word = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(words[amplifier]) : words[amplifier];
                            lines.Line(amplifier)[lines.IsFlipped(amplifier) ? nx - 1 - x : x] = (ushort)(word ^ Offset);
                        }
                    }
                }
            }
        }
    }

    private static int PixelAddress(int pixel, int ccd, bool isGrouped) => isGrouped
        ? pixel / 4 * (4 * HipercamLayout.BytesPerPixel) + ccd * 32 + pixel % 4 * 8
        : pixel * HipercamLayout.BytesPerPixel + ccd * 8;

    // Compiled well at once: a run of few frames would be over before the compiler noticed which loops matter.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe int DecodeVectors(byte* bytes, int firstPixel, int nx, int ccd, bool isGrouped, in Lines lines)
    {
        if (isGrouped && firstPixel % 4 != 0)
            return 0;
        var offset = Vector128.Create(Offset);
        var (pair, reverse) = (_pair, _reverse);
        var x = 0;
        for (; x <= nx - Lane; x += Lane)
        {
            var at = bytes + PixelAddress(firstPixel + x, ccd, isGrouped);
            Vector128<byte> p01, p23, p45, p67;
            if (isGrouped)
            {
                p01 = Vector128.Load(at);
                p23 = Vector128.Load(at + 16);
                p45 = Vector128.Load(at + 4 * HipercamLayout.BytesPerPixel);
                p67 = Vector128.Load(at + 4 * HipercamLayout.BytesPerPixel + 16);
            }
            else
            {
                p01 = TwoPixels(at);
                p23 = TwoPixels(at + 2 * HipercamLayout.BytesPerPixel);
                p45 = TwoPixels(at + 4 * HipercamLayout.BytesPerPixel);
                p67 = TwoPixels(at + 6 * HipercamLayout.BytesPerPixel);
            }

            var a = Ssse3.Shuffle(p01, pair).AsUInt32();
            var b = Ssse3.Shuffle(p23, pair).AsUInt32();
            var c = Ssse3.Shuffle(p45, pair).AsUInt32();
            var d = Ssse3.Shuffle(p67, pair).AsUInt32();
            var ef0 = Sse2.UnpackLow(a, b).AsUInt64();
            var gh0 = Sse2.UnpackHigh(a, b).AsUInt64();
            var ef4 = Sse2.UnpackLow(c, d).AsUInt64();
            var gh4 = Sse2.UnpackHigh(c, d).AsUInt64();
            Store(lines, 0, x, nx, Sse2.UnpackLow(ef0, ef4).AsUInt16() ^ offset, reverse);
            Store(lines, 1, x, nx, Sse2.UnpackHigh(ef0, ef4).AsUInt16() ^ offset, reverse);
            Store(lines, 2, x, nx, Sse2.UnpackLow(gh0, gh4).AsUInt16() ^ offset, reverse);
            Store(lines, 3, x, nx, Sse2.UnpackHigh(gh0, gh4).AsUInt16() ^ offset, reverse);
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<byte> TwoPixels(byte* at) =>
        Vector128.Create(*(ulong*)at, *(ulong*)(at + HipercamLayout.BytesPerPixel)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store(in Lines lines, int amplifier, int x, int nx, Vector128<ushort> values, Vector128<byte> reverse)
    {
        if (lines.IsFlipped(amplifier))
            Ssse3.Shuffle(values.AsByte(), reverse).AsUInt16().Store(lines.Line(amplifier) + nx - Lane - x);
        else
            values.Store(lines.Line(amplifier) + x);
    }

    // Where the row of each of a chip's four amplifiers goes.
    [StructLayout(LayoutKind.Auto)]
    private readonly unsafe struct Lines
    {
        private readonly ushort* _e;
        private readonly ushort* _f;
        private readonly ushort* _g;
        private readonly ushort* _h;
        private readonly int _flipped;

        public Lines(HipercamLayout layout, HipercamLayout.Set set, int ccd, int row, ushort* pixels)
        {
            _e = Start(layout, set, ccd, 0, row, pixels);
            _f = Start(layout, set, ccd, 1, row, pixels);
            _g = Start(layout, set, ccd, 2, row, pixels);
            _h = Start(layout, set, ccd, 3, row, pixels);
            for (var amplifier = 0; amplifier < HipercamLayout.Amplifiers; amplifier++)
                _flipped |= layout.FlipX[ccd, amplifier] ? 1 << amplifier : 0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsFlipped(int amplifier) => (_flipped >> amplifier & 1) != 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ushort* Line(int amplifier) => amplifier switch
        {
            0 => _e,
            1 => _f,
            2 => _g,
            _ => _h,
        };

        private static ushort* Start(HipercamLayout layout, HipercamLayout.Set set, int ccd, int amplifier, int row, ushort* pixels) =>
            pixels + set.PlaneOffset(ccd, amplifier) + (layout.FlipY[ccd, amplifier] ? set.Ny - 1 - row : row) * set.Nx;
    }
}
