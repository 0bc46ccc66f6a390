using System.Buffers;
using System.Runtime.InteropServices;

namespace Alpaca.Contract;

/// <summary>
/// A camera image as the sensor delivers it: row by row, the first row first, and for colour three values per pixel side by side.
/// The pixels live in pooled memory that several holders may share; it goes back to the pool when the last of them disposes its copy.
/// </summary>
public sealed class ImageArray : IDisposable
{
    private readonly PixelBuffer _buffer;
    private int _disposed;

    private ImageArray(PixelBuffer buffer, int width, int height, int planes, ImageElementType elementType)
    {
        _buffer = buffer;
        (Width, Height, Planes, ElementType) = (width, height, planes, elementType);
    }

    /// <summary>Pixels per row: the first dimension of ASCOM's array.</summary>
    public int Width { get; }

    /// <summary>Rows: the second dimension of ASCOM's array.</summary>
    public int Height { get; }

    /// <summary>1 for monochrome and Bayer images (rank 2), 3 for colour (rank 3).</summary>
    public int Planes { get; }

    /// <summary>Rank of ASCOM's array: 2 or 3.</summary>
    public int Rank => Planes == 1 ? 2 : 3;

    /// <summary>The type of the elements in memory.</summary>
    public ImageElementType ElementType { get; }

    /// <summary>Width x height x planes.</summary>
    public int ElementCount => Width * Height * Planes;

    /// <summary>The pixels' bytes, native byte order, without padding.</summary>
    public ReadOnlyMemory<byte> Bytes => Alive.Memory;

    private PixelBuffer Alive
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return _buffer;
        }
    }

    /// <summary>Takes pooled memory for an image and lets <paramref name="fill"/> write its elements; rows follow each other without padding.</summary>
    public static ImageArray Create<T, TState>(int width, int height, int planes, TState state, SpanAction<T, TState> fill)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(fill);
        var type = ElementTypeOf<T>();
        var buffer = new PixelBuffer(ByteCount(width, height, planes, type));
        try
        {
            fill(MemoryMarshal.Cast<byte, T>(buffer.Writable), state);
        }
        catch
        {
            buffer.Release();
            throw;
        }

        return new ImageArray(buffer, width, height, planes, type);
    }

    /// <summary>Takes pooled memory for an image whose elements arrive bit by bit, from a network or a sensor.</summary>
    /// <param name="elements">The elements' bytes, uninitialised: to be filled before the image is given to anybody, and not touched after that.</param>
    public static ImageArray Rent(int width, int height, int planes, ImageElementType elementType, out Memory<byte> elements)
    {
        var length = ByteCount(width, height, planes, elementType);
        var buffer = new PixelBuffer(length);
        elements = MemoryMarshal.AsMemory(buffer.Memory);
        return new ImageArray(buffer, width, height, planes, elementType);
    }

    /// <summary>Copies elements into pooled memory.</summary>
    /// <exception cref="ArgumentException">The number of elements does not fit the dimensions.</exception>
    public static ImageArray CopyOf<T>(ReadOnlySpan<T> pixels, int width, int height, int planes = 1)
        where T : unmanaged
    {
        var type = ElementTypeOf<T>();
        var bytes = MemoryMarshal.AsBytes(pixels);
        if (bytes.Length != ByteCount(width, height, planes, type))
            throw new ArgumentException($"{pixels.Length} elements do not make an image of {width} x {height} x {planes}.", nameof(pixels));
        var buffer = new PixelBuffer(bytes.Length);
        bytes.CopyTo(buffer.Writable);
        return new ImageArray(buffer, width, height, planes, type);
    }

    /// <summary>The elements, row by row.</summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the image's <see cref="ElementType"/>.</exception>
    public ReadOnlySpan<T> Pixels<T>()
        where T : unmanaged
    {
        if (ElementTypeOf<T>() != ElementType)
            throw new InvalidOperationException($"The image's elements are {ElementType}, not {typeof(T).Name}.");
        return MemoryMarshal.Cast<byte, T>(Bytes.Span);
    }

    /// <summary>Another holder of the same pixels, to be disposed on its own.</summary>
    public ImageArray Share()
    {
        Alive.Retain();
        return new ImageArray(_buffer, Width, Height, Planes, ElementType);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            _buffer.Release();
    }

    private static int ByteCount(int width, int height, int planes, ImageElementType type)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (planes is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(planes), planes, "An image has 1 plane or 3.");
        return checked(width * height * planes * type.SizeInBytes());
    }

    private static ImageElementType ElementTypeOf<T>() =>
        typeof(T) == typeof(ushort) ? ImageElementType.UInt16
        : typeof(T) == typeof(byte) ? ImageElementType.Byte
        : typeof(T) == typeof(short) ? ImageElementType.Int16
        : typeof(T) == typeof(int) ? ImageElementType.Int32
        : typeof(T) == typeof(uint) ? ImageElementType.UInt32
        : typeof(T) == typeof(float) ? ImageElementType.Single
        : typeof(T) == typeof(double) ? ImageElementType.Double
        : typeof(T) == typeof(long) ? ImageElementType.Int64
        : typeof(T) == typeof(ulong) ? ImageElementType.UInt64
        : throw new NotSupportedException($"{typeof(T).Name} is not a pixel type of the Alpaca standard.");

    private sealed class PixelBuffer(int length)
    {
        private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(length);
        private int _holders = 1;

        public Span<byte> Writable => _bytes.AsSpan(0, length);

        public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, length);

        public void Retain() => Interlocked.Increment(ref _holders);

        public void Release()
        {
            if (Interlocked.Decrement(ref _holders) == 0)
                ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
