using System.Buffers;

namespace DataServices.Hipercam;

/// <summary>The pooled pixels of one frame; returned to the pool once.</summary>
internal sealed class PixelBuffer(int length) : IDisposable
{
    private ushort[]? _pixels = ArrayPool<ushort>.Shared.Rent(Math.Max(1, length));

    public ushort[] Pixels => _pixels ?? throw new ObjectDisposedException(nameof(Mccd), "The frame was disposed of; copy the pixels before.");

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _pixels, null) is { } pixels)
            ArrayPool<ushort>.Shared.Return(pixels);
    }
}
