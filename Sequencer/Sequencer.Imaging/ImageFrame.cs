using DataServices.Fits;

namespace Sequencer.Imaging;

/// <summary>
/// A camera frame in memory: 16-bit pixels row after row. Pixel coordinates count from 0 and mean pixel centres: the first pixel
/// of the array is (0, 0), which FITS calls (1, 1).
/// </summary>
public sealed class ImageFrame
{
    /// <param name="pixels"><paramref name="width"/> times <paramref name="height"/> values, row after row.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bayer">The sensor's colour mosaic of 2 x 2 pixels, if it has one.</param>
    /// <param name="saturation">Value from which on a pixel counts as saturated.</param>
    public ImageFrame(ReadOnlyMemory<ushort> pixels, int width, int height, BayerPattern bayer = BayerPattern.None, int saturation = 65535)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != (long)width * height)
            throw new ArgumentException($"{pixels.Length} pixels do not make a frame of {width} x {height}.", nameof(pixels));
        Pixels = pixels;
        Width = width;
        Height = height;
        Bayer = bayer;
        Saturation = saturation;
    }

    public ReadOnlyMemory<ushort> Pixels { get; }

    public int Width { get; }

    public int Height { get; }

    public BayerPattern Bayer { get; }

    public bool IsBayer => Bayer != BayerPattern.None;

    public int Saturation { get; }

    /// <summary>True if the first row is the top of the picture, as cameras read out (ROWORDER TOP-DOWN); false if it is the bottom, as FITS counts without that keyword.</summary>
    public bool IsTopDown { get; init; }

    /// <summary>Reads the first image of a FITS file (plain or tile-compressed). A BAYERPAT keyword marks a colour mosaic, ROWORDER says which row is the top. Blocks.</summary>
    /// <exception cref="FitsException">Not readable, no two-dimensional image, or values outside 0 to 65535.</exception>
    public static ImageFrame FromFits(string path, int saturation = 65535)
    {
        using var file = FitsFile.Open(path);
        var hdu = file.FirstImage();
        if (hdu.Shape.Count != 2)
            throw new FitsException(path, 0, $"{path}: has {hdu.Shape.Count} axes; a camera frame has two.");
        var header = file.ReadHeader(hdu.Index);
        return new ImageFrame(file.ReadPixels<ushort>(hdu.Index), hdu.Width, hdu.Height, BayerOf(header, path), saturation)
        {
            IsTopDown = header.Text("ROWORDER")?.Trim().Equals("TOP-DOWN", StringComparison.OrdinalIgnoreCase) ?? false,
        };
    }

    // XBAYROFF and YBAYROFF say by how many pixels the pattern is shifted: columns swap the letters of each row, rows swap the rows.
    private static BayerPattern BayerOf(FitsHeader header, string path)
    {
        var text = header.Text("BAYERPAT")?.Trim().ToUpperInvariant();
        if (string.IsNullOrEmpty(text))
            return BayerPattern.None;
        if (text.Length != 4 || text is not ("RGGB" or "BGGR" or "GRBG" or "GBRG"))
            throw new FitsException(path, 0, $"{path}: BAYERPAT '{text}' is not known; expected RGGB, BGGR, GRBG or GBRG.");
        if ((header.Number("XBAYROFF") ?? 0) % 2 != 0)
            text = $"{text[1]}{text[0]}{text[3]}{text[2]}";
        if ((header.Number("YBAYROFF") ?? 0) % 2 != 0)
            text = text[2..] + text[..2];
        return Enum.Parse<BayerPattern>(text, ignoreCase: true);
    }

    /// <summary>Averages 2 x 2 pixels: a Bayer mosaic becomes a grey frame of half the size.</summary>
    public ImageFrame ToSuperpixels()
    {
        int width = Width / 2, height = Height / 2;
        if (width == 0 || height == 0)
            throw new InvalidOperationException($"A frame of {Width} x {Height} is too small for 2 x 2 superpixels.");
        var source = Pixels.Span;
        var target = new ushort[width * height];
        for (var y = 0; y < height; y++)
        {
            var upper = source.Slice(2 * y * Width, 2 * width);
            var lower = source.Slice((2 * y + 1) * Width, 2 * width);
            var row = target.AsSpan(y * width, width);
            for (var x = 0; x < row.Length; x++)
                row[x] = (ushort)((upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
        }

        return new ImageFrame(target, width, height, BayerPattern.None, Saturation) { IsTopDown = IsTopDown };
    }
}
