using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>One chip of a frame: its windows in order.</summary>
public sealed class Ccd
{
    private readonly Func<FitsHeader>? _makeHeader;
    private FitsHeader? _header;

    internal Ccd(string label, IReadOnlyList<Window> windows, CcdSize size, bool isData, FrameTime? time, Func<FitsHeader> makeHeader)
    {
        Label = label;
        Windows = windows;
        Size = size;
        IsData = isData;
        Time = time;
        _makeHeader = makeHeader;
    }

    /// <summary>A chip with its windows and its cards.</summary>
    /// <exception cref="ArgumentException">Two windows have the same label.</exception>
    public Ccd(string label, IReadOnlyList<Window> windows, CcdSize size, FitsHeader header)
    {
        ArgumentNullException.ThrowIfNull(windows);
        ArgumentNullException.ThrowIfNull(header);
        if (windows.GroupBy(window => window.Label).FirstOrDefault(group => group.Count() > 1) is { } clash)
            throw new ArgumentException($"CCD {label}: two windows are called {clash.Key}.");
        Label = label;
        Windows = windows;
        Size = size;
        _header = header;
        IsData = windows.Count > 0 && (header.Flag("DSTATUS") ?? true);
    }

    /// <summary>The chip's name, unique in its frame.</summary>
    public string Label { get; }

    /// <summary>The windows in the order of the run or file.</summary>
    public IReadOnlyList<Window> Windows { get; }

    /// <summary>Size of the chip.</summary>
    public CcdSize Size { get; }

    /// <summary>Whether the pixels are an exposure: false for the frames a skipped readout leaves behind.</summary>
    public bool IsData { get; }

    /// <summary>Middle of the exposure; null when the frame is from a .hcm file (see the cards).</summary>
    public FrameTime? Time { get; }

    /// <summary>The chip's cards.</summary>
    public FitsHeader Header => _header ??= _makeHeader!();

    /// <summary>The window of a label.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists what there is.</exception>
    public Window this[string label] => Windows.FirstOrDefault(window => window.Label == label)
        ?? throw new KeyNotFoundException($"CCD {Label} has no window \"{label}\"; it has {string.Join(", ", Windows.Select(window => window.Label))}.");
}
