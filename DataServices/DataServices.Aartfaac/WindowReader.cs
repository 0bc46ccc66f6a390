using System.Buffers;
using System.Buffers.Binary;
using DataServices.Fits;

namespace DataServices.Aartfaac;

/// <summary>What came next in a stream: a window, or why one was not taken.</summary>
/// <param name="Window">The window, to be disposed of by the caller; null when it was rejected.</param>
/// <param name="Rejection">Why it was rejected.</param>
/// <param name="Reason">The same in words.</param>
public readonly record struct WindowRead(AartfaacWindow? Window, WindowRejection? Rejection, string? Reason);

/// <summary>Reads windows off a stream of AARTFAAC images, protocol version 1, however it is cut into pieces.</summary>
public sealed class WindowReader
{
    /// <summary>Length of what precedes the FITS header.</summary>
    public const int PrologueLength = 512;

    /// <summary>The constant every window starts with, little-endian.</summary>
    public const ulong Magic = 0x47494A53484F4D4F;

    private const int Card = 80;
    private readonly Stream _stream;
    private readonly string _name;
    private readonly WindowLimits _limits;
    private readonly PixelOrder _order;
    private readonly Action? _arrived;
    private readonly byte[] _prologue = new byte[PrologueLength];

    /// <param name="stream">Where the bytes come from; stays the caller's.</param>
    /// <param name="name">What messages call it: host and port, or a file.</param>
    /// <param name="limits">The longest window taken.</param>
    /// <param name="order">How the sender orders pixels.</param>
    /// <param name="arrived">Called whenever bytes have come.</param>
    public WindowReader(
        Stream stream, string name, WindowLimits? limits = null, PixelOrder order = PixelOrder.EmulatorXMajor, Action? arrived = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _name = name;
        _limits = limits ?? WindowLimits.Default;
        _order = order;
        _arrived = arrived;
    }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Windows met so far, rejected ones included.</summary>
    public long Windows { get; private set; }

    /// <summary>Reads the next window; null when the stream ends between two.</summary>
    /// <exception cref="AartfaacProtocolException">Not this protocol, a length beyond the limits, or the end came inside a window.</exception>
    public async ValueTask<WindowRead?> ReadAsync(CancellationToken cancel = default)
    {
        var start = await FillAsync(_prologue, cancel);
        if (start == 0)
            return null;
        Windows++;
        // The constant first: when it is wrong, the lengths mean nothing.
        if (start >= sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(_prologue) is var magic && magic != Magic)
        {
            var hint = BinaryPrimitives.ReadUInt64BigEndian(_prologue) == Magic ? " (the sender is big-endian)" : "";
            throw new AartfaacProtocolException($"{_name}: window {Windows} starts with {magic:x16} instead of {Magic:x16}{hint}: this is not an AARTFAAC image stream.");
        }

        RequireWhole(start, PrologueLength, "prologue");
        var headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(_prologue.AsSpan(8));
        var pixelBytes = BinaryPrimitives.ReadUInt32LittleEndian(_prologue.AsSpan(12));
        if (headerBytes == 0 || headerBytes > _limits.MaxHeaderBytes || headerBytes % Card != 0)
            throw new AartfaacProtocolException($"{_name}: window {Windows} announces a header of {headerBytes} bytes; at most {_limits.MaxHeaderBytes}, in cards of {Card}, are taken.");
        if (pixelBytes == 0 || pixelBytes > _limits.MaxPixelBytes || pixelBytes % sizeof(float) != 0)
            throw new AartfaacProtocolException($"{_name}: window {Windows} announces {pixelBytes} bytes of pixels; at most {_limits.MaxPixelBytes}, in floats of 4, are taken.");
        return await ReadBodyAsync((int)headerBytes, (int)pixelBytes, cancel);
    }

    private async ValueTask<WindowRead?> ReadBodyAsync(int headerBytes, int pixelBytes, CancellationToken cancel)
    {
        var text = ArrayPool<byte>.Shared.Rent(headerBytes);
        FitsHeader header;
        try
        {
            RequireWhole(await FillAsync(text.AsMemory(0, headerBytes), cancel), headerBytes, "header");
            header = FitsHeader.Parse(text.AsSpan(0, headerBytes));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }

        if (Judge(header, pixelBytes, out var size, out var stamp) is { } rejected)
        {
            await SkipAsync(pixelBytes, cancel);
            return rejected;
        }

        var pixels = ArrayPool<byte>.Shared.Rent(pixelBytes);
        try
        {
            RequireWhole(await FillAsync(pixels.AsMemory(0, pixelBytes), cancel), pixelBytes, "image");
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(pixels);
            throw;
        }

        return new WindowRead(new AartfaacWindow(header, stamp, size.Width, size.Height, pixels, pixelBytes, _order), null, null);
    }

    // Decided on the header alone, before memory for the pixels is taken.
    private WindowRead? Judge(FitsHeader header, int pixelBytes, out (int Width, int Height) size, out DateTimeOffset stamp)
    {
        size = default;
        stamp = default;
        if (header.Integer("NAXIS1") is not (> 0 and <= int.MaxValue and var width) || header.Integer("NAXIS2") is not (> 0 and <= int.MaxValue and var height))
            return Reject(WindowRejection.NoSize, "NAXIS1 and NAXIS2 do not say how large the image is");
        size = ((int)width, (int)height);
        if (width * height != pixelBytes / sizeof(float))
            return Reject(WindowRejection.SizeMismatch, $"{pixelBytes / sizeof(float)} pixels do not fill {width} x {height}");
        for (var axis = 3; axis <= (header.Integer("NAXIS") ?? 2); axis++)
        {
            if (header.Integer($"NAXIS{axis}") is > 1 and var length)
                return Reject(WindowRejection.SizeMismatch, $"NAXIS{axis} = {length}: an image has two axes");
        }

        if (header["DATE-OBS"] is not { Value: { } date })
            return Reject(WindowRejection.NoStamp, "there is no DATE-OBS");
        return date is string text && ObservationStamp.TryParse(text, out stamp)
            ? null
            : Reject(WindowRejection.BadStamp, $"DATE-OBS = \"{date}\" is not a date and time");
    }

    private WindowRead Reject(WindowRejection rejection, string reason) => new(null, rejection, $"{_name}: window {Windows} rejected: {reason}");

    private async ValueTask SkipAsync(int count, CancellationToken cancel)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Min(count, 1 << 16));
        try
        {
            for (var left = count; left > 0;)
            {
                var piece = Math.Min(left, bytes.Length);
                RequireWhole(await FillAsync(bytes.AsMemory(0, piece), cancel), piece, "image");
                left -= piece;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private async ValueTask<int> FillAsync(Memory<byte> target, CancellationToken cancel)
    {
        var filled = 0;
        while (filled < target.Length && await _stream.ReadAsync(target[filled..], cancel) is var piece and > 0)
        {
            filled += piece;
            BytesRead += piece;
            _arrived?.Invoke();
        }

        return filled;
    }

    private void RequireWhole(int read, int expected, string part)
    {
        if (read < expected)
            throw new AartfaacProtocolException($"{_name}: connection closed inside window {Windows}: {read} of {expected} bytes of its {part} came.");
    }
}
