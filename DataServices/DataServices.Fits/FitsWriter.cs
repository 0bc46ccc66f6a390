namespace DataServices.Fits;

/// <summary>Writes FITS files that appear whole or not at all (see <see cref="AtomicFile"/>). Blocks: run it through the clock's <c>ComputeAsync</c>.</summary>
public static class FitsWriter
{
    /// <summary>Creates <paramref name="path"/> with whatever <paramref name="write"/> appends to it.</summary>
    /// <exception cref="IOException">Nothing was left behind; the message names the file and the reason.</exception>
    public static void Write(string path, Action<FitsFile> write, bool overwrite = false)
    {
        ArgumentNullException.ThrowIfNull(write);
        AtomicFile.Write(
            path,
            temporary =>
            {
                using var file = FitsFile.Create(temporary);
                write(file);
                file.Close();
            },
            overwrite);
    }

    /// <summary>Writes one two-dimensional image with its header.</summary>
    /// <param name="path">The file; <c>.fits.fz</c> by custom when it is compressed.</param>
    /// <param name="pixels">Row after row, <paramref name="width"/> times <paramref name="height"/>; the first is FITS pixel (1, 1).</param>
    /// <param name="width">NAXIS1.</param>
    /// <param name="height">NAXIS2.</param>
    /// <param name="header">The cards; those of the file's layout follow from the pixels.</param>
    /// <param name="options">Compression and check sums.</param>
    /// <param name="overwrite">Whether an existing file may be replaced.</param>
    public static void WriteImage<T>(
        string path, ReadOnlyMemory<T> pixels, int width, int height, FitsHeader header, FitsWriteOptions? options = null, bool overwrite = false)
        where T : unmanaged =>
        Write(path, file => file.AppendImage(pixels.Span, [width, height], header, options), overwrite);
}
