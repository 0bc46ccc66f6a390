using System.Globalization;
using DataServices.Fits;

namespace DataServices.Aartfaac;

/// <summary>Writes images as FITS files, which appear whole or not at all.</summary>
public static class AartfaacFits
{
    /// <summary>Writes one image with its own header; a rest frequency that was sent as text becomes the number the standard wants.</summary>
    public static void WriteImage(string path, AartfaacWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        FitsWriter.WriteImage<float>(path, window.ToRows(), window.Width, window.Height, Standard(window.Header));
    }

    /// <summary>One image as a FITS file in memory, as <see cref="WriteImage"/> would write it.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="header">The image's header.</param>
    /// <param name="rows">The pixels, row after row.</param>
    public static byte[] ToBytes(string name, FitsHeader header, ReadOnlySpan<float> rows, int width, int height)
    {
        var pixels = rows.ToArray();
        return FitsFile.ToBytes(name, file => file.AppendImage<float>(pixels, [width, height], Standard(header)));
    }

    /// <summary>Writes the images of one time step as a cube, one plane per subband in the order of the endpoints, with the header of the first.</summary>
    /// <exception cref="ArgumentException">The images are not all of one size.</exception>
    public static void WriteCube(string path, ImageGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var images = group.Images.OrderBy(image => image.Endpoint).Select(image => image.Window).ToList();
        var first = images[0];
        if (images.Exists(image => image.Width != first.Width || image.Height != first.Height))
            throw new ArgumentException($"{path}: the images of {ObservationStamp.Format(group.Stamp)} are not all of one size: write them one by one.");
        var plane = first.Width * first.Height;
        var cube = new float[plane * images.Count];
        var header = new FitsHeader(first.Header.Where(card => card.Keyword is not "RESTFREQ"));
        for (var i = 0; i < images.Count; i++)
        {
            images[i].CopyRows(cube.AsSpan(i * plane, plane));
            if (images[i].RestFrequency is { } frequency)
                header.Set($"FREQ{i + 1}", frequency, $"[Hz] RESTFREQ of plane {i + 1}");
        }

        header = Standard(header);
        FitsWriter.Write(path, file => file.AppendImage<float>(cube, [first.Width, first.Height, images.Count], header));
    }

    private static FitsHeader Standard(FitsHeader sent)
    {
        var header = new FitsHeader(sent);
        if (double.TryParse(header.Text("RESTFREQ"), NumberStyles.Float, CultureInfo.InvariantCulture, out var hertz) && double.IsFinite(hertz))
            header.Set("RESTFREQ", hertz, "[Hz]");
        return header;
    }
}
