using System.Runtime.InteropServices;
using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>Finds frames that are no pictures: of the wrong size, empty, or the previous frame delivered again.</summary>
internal sealed class FrameCheck
{
    private ulong? _previous;

    /// <summary>Why the frame must be rejected, or null if it is sound.</summary>
    public string? Reject(ImageArray image, int width, int height)
    {
        if (image.Width != width || image.Height != height)
            return $"the frame has {image.Width} x {image.Height} pixels instead of {width} x {height}";
        var bytes = image.Bytes.Span;
        if (bytes.IndexOfAnyExcept((byte)0) < 0) return "all pixels of the frame are zero";
        var fingerprint = Fingerprint(bytes);
        if (fingerprint == _previous) return "the frame is the previous one once more";
        _previous = fingerprint;
        return null;
    }

    /// <summary>Noise makes two frames differ; 64 bits of a multiplicative hash tell them apart.</summary>
    private static ulong Fingerprint(ReadOnlySpan<byte> bytes)
    {
        const ulong prime = 0x9E3779B97F4A7C15;
        var hash = (ulong)bytes.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            hash = (ulong.RotateLeft(hash, 5) ^ word) * prime;
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            hash = (ulong.RotateLeft(hash, 5) ^ rest) * prime;
        return hash;
    }
}
