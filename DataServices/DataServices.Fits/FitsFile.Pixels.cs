namespace DataServices.Fits;

public sealed partial class FitsFile
{
    /// <summary>Reads all pixels of an image, NAXIS1 running fastest, converted to <typeparamref name="T"/> with BSCALE and BZERO applied.</summary>
    /// <typeparam name="T">byte, sbyte, short, ushort, int, uint, long, float or double.</typeparam>
    /// <exception cref="FitsException">A value does not fit into <typeparamref name="T"/> (cfitsio 412), or the file is damaged.</exception>
    public T[] ReadPixels<T>(int hdu)
        where T : unmanaged
    {
        var pixels = new T[Hdu(hdu).PixelCount];
        ReadPixels(hdu, pixels.AsSpan());
        return pixels;
    }

    /// <summary>Reads as many pixels as <paramref name="pixels"/> holds, starting with pixel <paramref name="first"/> (from 0, NAXIS1 running fastest).</summary>
    public unsafe void ReadPixels<T>(int hdu, Span<T> pixels, long first = 0)
        where T : unmanaged
    {
        var image = Hdu(hdu);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (!image.IsImage)
            throw new FitsException(Path, 0, $"{Path}: HDU {hdu} is a table, not an image.");
        if (first + pixels.Length > image.PixelCount)
        {
            throw new FitsException(
                Path, 0, $"{Path}: HDU {hdu} has {image.PixelCount} pixels; {pixels.Length} from pixel {first} on were asked for.");
        }

        var status = 0;
        fixed (T* target = pixels)
            _ = Cfitsio.ReadPixels(_handle, MemoryType<T>(), first + 1, pixels.Length, null, target, out _, ref status);
        Cfitsio.Check(status, Path, $"read the pixels of HDU {hdu} as {typeof(T).Name}");
    }

    /// <summary>Appends an image HDU: the primary one in a new file (the first extension when it is compressed).</summary>
    /// <typeparam name="T">byte, sbyte, short, ushort, int, uint, long, float or double; sets <see cref="FitsPixelType"/>.</typeparam>
    /// <param name="pixels">The pixels, first axis running fastest; the first one is FITS pixel (1, 1). Empty with an empty shape for a header alone.</param>
    /// <param name="shape">NAXIS1, NAXIS2, ...: width first.</param>
    /// <param name="header">The cards; those of the file's layout are skipped, for they follow from the pixels.</param>
    /// <param name="options">Compression and check sums; by default a plain image with check sums.</param>
    public unsafe void AppendImage<T>(ReadOnlySpan<T> pixels, ReadOnlySpan<long> shape, FitsHeader header, FitsWriteOptions? options = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(header);
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (!_writable)
            throw new FitsException(Path, 112, $"{Path}: was opened for reading only.");
        options ??= FitsWriteOptions.Default;
        RequireShape(pixels.Length, shape);

        var status = 0;
        var type = StoredType<T>();
        SetCompression(pixels.IsEmpty ? FitsCompression.None : options.Compression, type);
        _ = Cfitsio.CreateImage(_handle, (int)type, shape.Length, shape, ref status);
        Cfitsio.Check(status, Path, $"add an image of {typeof(T).Name}");
        WriteHeader(header);
        if (pixels.Length > 0)
        {
            fixed (T* source = pixels)
                _ = Cfitsio.WritePixels(_handle, MemoryType<T>(), 1, pixels.Length, source, ref status);
            Cfitsio.Check(status, Path, "write the pixels");
        }

        if (options.Checksum)
        {
            _ = Cfitsio.WriteChecksum(_handle, ref status);
            Cfitsio.Check(status, Path, "write the check sums");
        }
    }

    private void RequireShape(int pixelCount, ReadOnlySpan<long> shape)
    {
        var expected = shape.IsEmpty ? 0L : 1L;
        foreach (var axis in shape)
        {
            if (axis <= 0)
                throw new ArgumentException($"{Path}: an image axis of {axis} pixels; every axis has at least one.");
            expected = checked(expected * axis);
        }

        if (expected != pixelCount)
            throw new ArgumentException($"{Path}: {pixelCount} pixels do not fill {string.Join(" x ", shape.ToArray())}.");
    }

    private void SetCompression(FitsCompression compression, FitsPixelType type)
    {
        var isFloat = type is FitsPixelType.Float32 or FitsPixelType.Float64;
        if (compression != FitsCompression.None && type == FitsPixelType.Int64)
            throw new FitsException(Path, 0, $"{Path}: 64-bit integers cannot be tile-compressed: write the image plain.");

        var status = 0;
        var method = compression switch
        {
            FitsCompression.None => 0,
            FitsCompression.Rice when !isFloat => Cfitsio.RiceCompression,
            _ => Cfitsio.Gzip2Compression,
        };
        _ = Cfitsio.SetCompression(_handle, method, ref status);
        if (method != 0 && isFloat)
            _ = Cfitsio.SetQuantisation(_handle, Cfitsio.NoQuantisation, ref status);
        Cfitsio.Check(status, Path, $"set the compression {compression}");
    }

    private void WriteHeader(FitsHeader header)
    {
        var status = 0;
        _ = Cfitsio.HeaderSpace(_handle, out var count, out _, ref status);
        // cfitsio puts two COMMENT records about the FITS standard into a primary header; files are many and the text is known.
        Span<byte> record = stackalloc byte[FitsCardText.RecordLength + 1];
        for (var i = count; i > 0 && status == 0; i--)
        {
            _ = Cfitsio.ReadCard(_handle, i, record, ref status);
            if (record.StartsWith("COMMENT "u8))
                _ = Cfitsio.DeleteCard(_handle, i, ref status);
        }

        var records = header.Where(card => !FitsStructure.IsStructural(card)).SelectMany(FitsCardText.Format).ToList();
        if (records.Exists(text => text.StartsWith("CONTINUE", StringComparison.Ordinal)))
            records.Insert(0, FitsCardText.Format(new FitsCard("LONGSTRN", "OGIP 1.0", "long strings are continued by CONTINUE")).Single());

        // Room for the check sums too: otherwise adding them later could move all pixels by one block.
        _ = Cfitsio.ReserveHeader(_handle, records.Count + 4, ref status);
        foreach (var text in records)
            _ = Cfitsio.WriteCard(_handle, text, ref status);
        Cfitsio.Check(status, Path, "write the header");
    }

    // cfitsio's codes for types in memory (TBYTE and so on).
    private static int MemoryType<T>() => StoredType<T>() switch
    {
        FitsPixelType.UInt8 => 11,
        FitsPixelType.Int8 => 12,
        FitsPixelType.UInt16 => 20,
        FitsPixelType.Int16 => 21,
        FitsPixelType.UInt32 => 30,
        FitsPixelType.Int32 => 31,
        FitsPixelType.Float32 => 42,
        FitsPixelType.Int64 => 81,
        _ => 82,
    };

    private static FitsPixelType StoredType<T>() => default(T) switch
    {
        byte => FitsPixelType.UInt8,
        sbyte => FitsPixelType.Int8,
        short => FitsPixelType.Int16,
        ushort => FitsPixelType.UInt16,
        int => FitsPixelType.Int32,
        uint => FitsPixelType.UInt32,
        long => FitsPixelType.Int64,
        float => FitsPixelType.Float32,
        double => FitsPixelType.Float64,
        _ => throw new ArgumentException($"FITS pixels cannot be {typeof(T).Name}: use an integer of 8 to 64 bits, float or double."),
    };
}
