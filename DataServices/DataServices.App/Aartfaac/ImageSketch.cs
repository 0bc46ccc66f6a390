using System.Globalization;
using System.Text;
using DataServices.Aartfaac;
using DataServices.Fits;

namespace DataServices.App.Aartfaac;

/// <summary>An image in a few lines of text: its numbers, and a picture in five shades.</summary>
internal static class ImageSketch
{
    private const int Least = 4;

    // A character is about twice as high as wide.
    private const double Aspect = 0.5;
    private const string Shades = " ░▒▓█";

    /// <summary>The text.</summary>
    /// <param name="image">The image.</param>
    /// <param name="columns">Characters a line of the picture has at most.</param>
    /// <param name="lines">Lines it has at most; with fewer than four there is none.</param>
    public static string Of(LatestImage.Copy image, int columns, int lines)
    {
        var rows = image.Rows;
        var finite = rows.Where(float.IsFinite).ToList();
        var numbers = finite.Count > 0
            ? string.Create(CultureInfo.InvariantCulture, $"least {finite.Min():g5}, mean {finite.Average():g5}, greatest {finite.Max():g5}")
            : "no finite pixel";
        var text = new StringBuilder(
            $"latest image {ObservationStamp.Format(image.Stamp)}, {Frequency(image.RestFrequency)}{image.Width} x {image.Height}, {numbers}\n");

        if (lines < Least)
            return text.ToString().TrimEnd('\n');
        var shape = Aspect * image.Height / image.Width;
        var width = Math.Clamp((int)Math.Min(columns, lines / shape), 1, image.Width);
        var height = Math.Clamp((int)Math.Round(shape * width), 1, Math.Min(lines, image.Height));
        var grey = FloatPreview.Stretch(Shrink(rows, image.Width, image.Height, width, height), width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                text.Append(Shades[grey[y * width + x] * Shades.Length / 256]);
            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Frequency(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var hertz)
        ? string.Create(CultureInfo.InvariantCulture, $"{hertz / 1e6:0.###} MHz, ")
        : "";

    // Each target pixel is the mean of those it stands for.
    private static float[] Shrink(float[] pixels, int width, int height, int columns, int lines)
    {
        var target = new float[columns * lines];
        for (var y = 0; y < lines; y++)
        {
            int y0 = (int)((long)y * height / lines), y1 = Math.Max(y0 + 1, (int)((y + 1L) * height / lines));
            for (var x = 0; x < columns; x++)
            {
                int x0 = (int)((long)x * width / columns), x1 = Math.Max(x0 + 1, (int)((x + 1L) * width / columns));
                double sum = 0;
                for (var row = y0; row < y1; row++)
                {
                    foreach (var pixel in pixels.AsSpan(row * width + x0, x1 - x0))
                        sum += pixel;
                }

                target[y * columns + x] = (float)(sum / ((y1 - y0) * (x1 - x0)));
            }
        }

        return target;
    }
}
