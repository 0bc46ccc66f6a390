using DataServices.Aartfaac;
using DataServices.Fits;

namespace DataServices.App.Aartfaac;

/// <summary>The latest image of a stream, copied out of the pool at most once a second: for the screen, and for whoever asks over HTTP.</summary>
internal sealed class LatestImage(TimeProvider clock)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);
    private volatile Copy? _copy;
    private long _taken;

    /// <summary>The copy; null before the first image.</summary>
    public Copy? Current => _copy;

    /// <summary>Takes a copy when the last one is old enough, while the images are there.</summary>
    public void Offer(ImageGroup group)
    {
        if (_copy is not null && clock.GetElapsedTime(_taken) < _interval)
            return;
        var window = group.Images[^1].Window;
        _copy = new Copy(window.Header, window.Stamp, window.RestFrequency, window.ToRows(), window.Width, window.Height);
        _taken = clock.GetTimestamp();
    }

    /// <summary>An image, row after row.</summary>
    public sealed record Copy(FitsHeader Header, DateTimeOffset Stamp, string? RestFrequency, float[] Rows, int Width, int Height)
    {
        /// <summary>As a FITS file in memory.</summary>
        public byte[] ToFits() => AartfaacFits.ToBytes(ObservationStamp.Format(Stamp), Header, Rows, Width, Height);

        /// <summary>As a picture.</summary>
        public byte[] ToPng()
        {
            using var png = new MemoryStream();
            PngWriter.Write(png, FloatPreview.Stretch(Rows, Width, Height), Width, Height, isColour: false);
            return png.ToArray();
        }
    }
}
