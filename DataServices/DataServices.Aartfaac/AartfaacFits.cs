using DataServices.Fits;

namespace DataServices.Aartfaac;

/// <summary>Writes images as FITS files, which appear whole or not at all.</summary>
public static class AartfaacFits
{
    /// <summary>Writes one image with its own header.</summary>
    public static void WriteImage(string path, AartfaacWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        FitsWriter.WriteImage<float>(path, window.ToRows(), window.Width, window.Height, window.Header);
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

        FitsWriter.Write(path, file => file.AppendImage<float>(cube, [first.Width, first.Height, images.Count], header));
    }
}
