using DataServices.Fits;

namespace Sequencer.Imaging;

/// <summary>
/// Makes a picture of a frame for people: reduced to a width, stretched so that the sky is visible, in colour when the sensor has a
/// mosaic, the right way up: the row that the frame calls its top is at the top. Blocks: run it through the clock's <c>ComputeAsync</c>.
/// </summary>
public static class PreviewWriter
{
    /// <summary>Writes the picture as PNG; the file appears whole or not at all and replaces an older one.</summary>
    public static void Write(string path, ImageFrame frame, int maxWidth = 1024) =>
        AtomicFile.Write(
            path,
            temporary =>
            {
                using var stream = File.Create(temporary);
                Write(stream, frame, maxWidth);
            },
            overwrite: true);

    /// <summary>Writes the picture as PNG to a stream.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="maxWidth">The picture is not wider than this; pixels are averaged by a whole factor.</param>
    public static void Write(Stream stream, ImageFrame frame, int maxWidth = 1024)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWidth, 1);
        var cell = frame.IsBayer ? 2 : 1;
        var factor = Math.Max(1, (frame.Width / cell + maxWidth - 1) / maxWidth);
        int width = Math.Max(1, frame.Width / (cell * factor)), height = Math.Max(1, frame.Height / (cell * factor));
        if (frame.Width < cell * factor || frame.Height < cell * factor)
            throw new ArgumentException($"A frame of {frame.Width} x {frame.Height} is too flat for a picture {maxWidth} pixels wide.", nameof(frame));

        var planes = Offsets(frame.Bayer).Select(offsets => Plane(frame, offsets, cell, factor, width, height)).ToList();
        var statistics = planes.ConvertAll(plane => ImageStatistics.Of(plane));
        var white = statistics.Max(plane => plane.Max);
        var pixels = new byte[width * height * planes.Count];
        for (var plane = 0; plane < planes.Count; plane++)
        {
            // Each colour gets its own black and midtone, which makes the sky grey.
            var table = AutoStretch.Table(statistics[plane], white);
            for (var y = 0; y < height; y++)
            {
                var source = planes[plane].AsSpan((frame.IsTopDown ? y : height - 1 - y) * width, width);
                var target = y * width * planes.Count + plane;
                foreach (var value in source)
                {
                    pixels[target] = table[value];
                    target += planes.Count;
                }
            }
        }

        PngWriter.Write(stream, pixels, width, height, isColour: planes.Count == 3);
    }

    // Which pixels of a cell make up red, green and blue, as (column, row).
    private static (int X, int Y)[][] Offsets(BayerPattern pattern) => pattern switch
    {
        BayerPattern.None => [[(0, 0)]],
        BayerPattern.Rggb => [[(0, 0)], [(1, 0), (0, 1)], [(1, 1)]],
        BayerPattern.Bggr => [[(1, 1)], [(1, 0), (0, 1)], [(0, 0)]],
        BayerPattern.Grbg => [[(1, 0)], [(0, 0), (1, 1)], [(0, 1)]],
        BayerPattern.Gbrg => [[(0, 1)], [(0, 0), (1, 1)], [(1, 0)]],
        _ => throw new ArgumentOutOfRangeException(nameof(pattern)),
    };

    private static ushort[] Plane(ImageFrame frame, (int X, int Y)[] offsets, int cell, int factor, int width, int height)
    {
        var source = frame.Pixels.Span;
        var plane = new ushort[width * height];
        var sums = new uint[width];
        var count = (uint)(factor * factor * offsets.Length);
        for (var y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (var line = 0; line < factor; line++)
            {
                foreach (var (offsetX, offsetY) in offsets)
                {
                    var row = source.Slice(((y * factor + line) * cell + offsetY) * frame.Width, frame.Width);
                    var from = offsetX;
                    for (var x = 0; x < width; x++)
                    {
                        for (var i = 0; i < factor; i++, from += cell)
                            sums[x] += row[from];
                    }
                }
            }

            for (var x = 0; x < width; x++)
                plane[y * width + x] = (ushort)((sums[x] + count / 2) / count);
        }

        return plane;
    }
}
