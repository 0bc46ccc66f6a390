namespace DataServices.Fits;

/// <summary>Makes a grey picture for people of any image of floats: the faintest and brightest pixels cut off, row 0 at the bottom.</summary>
public static class FloatPreview
{
    private const int SampleSize = 20_000;
    private const double Black = 0.01;
    private const double White = 0.995;

    /// <summary>Writes the picture; the file appears whole or not at all and replaces an older one.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="pixels">Row after row from the bottom; what is not a number becomes black.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    public static void Write(string path, float[] pixels, int width, int height)
    {
        var grey = Stretch(pixels, width, height);
        AtomicFile.Write(
            path,
            temporary =>
            {
                using var stream = File.Create(temporary);
                PngWriter.Write(stream, grey, width, height, isColour: false);
            },
            overwrite: true);
    }

    /// <summary>Brightness 0 to 255 of every pixel, top row first.</summary>
    public static byte[] Stretch(float[] pixels, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (width < 1 || height < 1 || pixels.Length != (long)width * height)
            throw new ArgumentException($"{pixels.Length} pixels do not make an image of {width} x {height}.", nameof(pixels));
        var step = Math.Max(1, pixels.Length / SampleSize);
        var sample = new List<float>();
        for (var i = 0; i < pixels.Length; i += step)
        {
            if (float.IsFinite(pixels[i]))
                sample.Add(pixels[i]);
        }

        sample.Sort();
        double black = sample.Count > 0 ? sample[(int)(Black * (sample.Count - 1))] : 0, white = sample.Count > 0 ? sample[(int)(White * (sample.Count - 1))] : 1;
        var range = white > black ? white - black : 1;
        var grey = new byte[pixels.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var value = (pixels[y * width + x] - black) / range;
                grey[(height - 1 - y) * width + x] = double.IsNaN(value) ? (byte)0 : (byte)Math.Round(255 * Math.Sqrt(Math.Clamp(value, 0, 1)));
            }
        }

        return grey;
    }
}
