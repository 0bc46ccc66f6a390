using System.Runtime.InteropServices;
using Alpaca.Contract;

namespace Sequencer.Core.Equipment;

/// <summary>Finds frames that are no pictures: of the wrong size, empty, or the previous frame delivered again.</summary>
internal sealed class FrameCheck
{
    private ulong? _previous;
    private string? _previousStart;

    /// <summary>True once two exposures have given the same picture to the last bit, which no sensor does: the camera is a simulator without noise.</summary>
    public bool IsNoiseless { get; private set; }

    /// <summary>Why the frame must be rejected, or null if it is sound.</summary>
    /// <param name="image">The frame.</param>
    /// <param name="width">Pixels per row that were asked for.</param>
    /// <param name="height">Rows that were asked for.</param>
    /// <param name="ownStart">When the camera says that the exposure began, or null. A camera that repeats a picture for a new exposure of its own is believed.</param>
    public string? Reject(ImageArray image, int width, int height, string? ownStart)
    {
        if (image.Width != width || image.Height != height)
            return $"the frame has {image.Width} x {image.Height} pixels instead of {width} x {height}";
        var bytes = image.Bytes.Span;
        if (bytes.IndexOfAnyExcept((byte)0) < 0) return "all pixels of the frame are zero";
        var fingerprint = Fingerprint(bytes);
        if (fingerprint == _previous)
        {
            if (ownStart is null || ownStart == _previousStart) return "the frame is the previous one once more";
            IsNoiseless = true;
        }

        (_previous, _previousStart) = (fingerprint, ownStart);
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
