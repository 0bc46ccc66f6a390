using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>One frame of an instrument with several chips. Dispose of it when done: its pixels go back to the pool.</summary>
public sealed class Mccd : IDisposable
{
    private readonly PixelBuffer? _buffer;
    private readonly Func<FitsHeader>? _makeHeader;
    private FitsHeader? _header;

    internal Mccd(int number, IReadOnlyList<Ccd> ccds, FrameTime time, PixelBuffer buffer, Func<FitsHeader> makeHeader)
    {
        Number = number;
        Ccds = ccds;
        Time = time;
        _buffer = buffer;
        _makeHeader = makeHeader;
    }

    /// <summary>A frame from chips in memory.</summary>
    public Mccd(IReadOnlyList<Ccd> ccds, FitsHeader header)
    {
        ArgumentNullException.ThrowIfNull(ccds);
        ArgumentNullException.ThrowIfNull(header);
        if (ccds.GroupBy(ccd => ccd.Label).FirstOrDefault(group => group.Count() > 1) is { } clash)
            throw new ArgumentException($"Two CCDs are called {clash.Key}.");
        Ccds = ccds;
        _header = header;
        Number = (int)(header.Integer("NFRAME") ?? 0);
    }

    /// <summary>Frame number from 1 as the instrument counted it; 0 when unknown.</summary>
    public int Number { get; }

    /// <summary>The chips in the order of the run or file.</summary>
    public IReadOnlyList<Ccd> Ccds { get; }

    /// <summary>The frame's own time; null when it is from a .hcm file (see the cards).</summary>
    public FrameTime? Time { get; }

    /// <summary>How many frames the instrument lost just before this one.</summary>
    public int Dropped { get; init; }

    /// <summary>What was odd about this frame, in words; empty when nothing was.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The frame's cards.</summary>
    public FitsHeader Header => _header ??= _makeHeader!();

    /// <summary>The chip of a label.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists what there is.</exception>
    public Ccd this[string label] => Ccds.FirstOrDefault(ccd => ccd.Label == label)
        ?? throw new KeyNotFoundException($"there is no CCD \"{label}\"; there are {string.Join(", ", Ccds.Select(ccd => ccd.Label))}.");

    /// <summary>Gives the pixels back; the windows must not be used afterwards.</summary>
    public void Dispose() => _buffer?.Dispose();
}
