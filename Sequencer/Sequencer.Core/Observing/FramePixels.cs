using Alpaca.Contract;
using Sequencer.Core.Equipment;

namespace Sequencer.Core.Observing;

/// <summary>A camera's image as 16-bit pixels: what star detection and FITS files of this suite hold.</summary>
internal static class FramePixels
{
    /// <summary>Plane after plane, row after row. Values of wider types are clipped to 0 and 65535.</summary>
    /// <exception cref="CameraException">The elements are no counts.</exception>
    public static ushort[] Of(ImageArray image)
    {
        var pixels = image.ElementType switch
        {
            ImageElementType.UInt16 => image.Pixels<ushort>().ToArray(),
            ImageElementType.Byte => Convert(image.Pixels<byte>(), value => value),
            ImageElementType.Int16 => Convert(image.Pixels<short>(), value => (ushort)Math.Max(value, (short)0)),
            ImageElementType.Int32 => Convert(image.Pixels<int>(), value => (ushort)Math.Clamp(value, 0, ushort.MaxValue)),
            ImageElementType.UInt32 => Convert(image.Pixels<uint>(), value => (ushort)Math.Min(value, ushort.MaxValue)),
            ImageElementType.Double => Convert(image.Pixels<double>(), value => (ushort)Math.Clamp(value, 0, ushort.MaxValue)),
            ImageElementType.Single => Convert(image.Pixels<float>(), value => (ushort)Math.Clamp(value, 0, ushort.MaxValue)),
            var other => throw new CameraException(CameraFault.BadFrame, $"The camera delivers {other} pixels, which are no counts. Choose another readout mode."),
        };
        return image.Planes == 1 ? pixels : Separate(pixels, image.Planes);
    }

    /// <summary>The first plane, or all planes averaged: what stars are looked for in.</summary>
    public static ReadOnlyMemory<ushort> Grey(ushort[] pixels, int planes)
    {
        if (planes == 1) return pixels;
        var size = pixels.Length / planes;
        var grey = new ushort[size];
        for (var i = 0; i < size; i++)
        {
            var sum = 0;
            for (var plane = 0; plane < planes; plane++) sum += pixels[(plane * size) + i];
            grey[i] = (ushort)(sum / planes);
        }

        return grey;
    }

    private static ushort[] Convert<T>(ReadOnlySpan<T> source, Func<T, ushort> convert)
    {
        var pixels = new ushort[source.Length];
        for (var i = 0; i < pixels.Length; i++) pixels[i] = convert(source[i]);
        return pixels;
    }

    /// <summary>Colour comes pixel by pixel; FITS keeps planes.</summary>
    private static ushort[] Separate(ushort[] mixed, int planes)
    {
        var size = mixed.Length / planes;
        var separate = new ushort[mixed.Length];
        for (var i = 0; i < mixed.Length; i++) separate[(i % planes * size) + (i / planes)] = mixed[i];
        return separate;
    }
}
