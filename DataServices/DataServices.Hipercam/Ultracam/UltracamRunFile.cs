using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace DataServices.Hipercam;

/// <summary>An ULTRACAM or ULTRASPEC run in files (<c>runNNN.xml</c> and <c>runNNN.dat</c>), finished or still growing: any frame, in any order. Blocks while it reads.</summary>
public sealed class UltracamRunFile : IRunFile
{
    // Fits into the second-level cache together with what is written.
    private const int Chunk = 1 << 18;
    private readonly SafeFileHandle _file;
    private readonly UltracamClock _clock;
    private int _lastPosition;

    private UltracamRunFile(string path, SafeFileHandle file, UltracamRun run)
    {
        Path = path;
        _file = file;
        Run = run;
        _clock = new UltracamClock(run);
    }

    /// <summary>Full path of the file with the frames.</summary>
    public string Path { get; }

    /// <summary>What the XML says.</summary>
    public UltracamRun Run { get; }

    string IRunFile.Setup => Run.Setup;

    /// <summary>Opens a run by its name, without or with <c>.xml</c> or <c>.dat</c>.</summary>
    /// <exception cref="RunNotFoundException">A file is missing.</exception>
    /// <exception cref="UnsupportedModeException">The run has no frames (power on or off), or its mode is not known.</exception>
    public static UltracamRunFile Open(string name, bool correctTrim = false)
    {
        var run = ReadXml(name, correctTrim);
        run.RequireFrames();
        var path = BaseName(name) + ".dat";
        if (!File.Exists(path))
            throw new RunNotFoundException($"{path}: there is no such file, only the XML.");
        return new UltracamRunFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), run);
    }

    /// <summary>Reads the XML alone: geometry without frames, which power on and off runs have too.</summary>
    public static UltracamRun ReadXml(string name, bool correctTrim = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var path = BaseName(name) + ".xml";
        if (!File.Exists(path))
            throw new RunNotFoundException($"{path}: there is no such run.");
        using var xml = File.OpenRead(path);
        return UltracamRun.FromXml(BaseName(name), xml, correctTrim);
    }

    /// <summary>Complete frames in the file now.</summary>
    public int CountFrames() => (int)Math.Min(int.MaxValue, RandomAccess.GetLength(_file) / Run.FrameBytes);

    /// <summary>What is missing at the end of the file, in words; null when nothing is.</summary>
    public string? Truncation()
    {
        var rest = RandomAccess.GetLength(_file) % Run.FrameBytes;
        return rest == 0 ? null : $"{Path}: truncated: the file ends {rest} bytes into frame {CountFrames() + 1} of {Run.FrameBytes} bytes.";
    }

    /// <summary>Reads one frame. Its times do not depend on which frames were read before.</summary>
    /// <param name="position">Its place in the file, from 1.</param>
    /// <exception cref="RunNotFoundException">The file has no complete frame there.</exception>
    public Mccd ReadFrame(int position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        var count = CountFrames();
        if (position > count)
            throw new RunNotFoundException($"{Path}: frame {position} is not there; the file has {count}.");
        var timing = new byte[Run.TimingBytes];
        if (position != _lastPosition + 1)
            ReadHistory(position, timing);
        var buffer = new PixelBuffer(Run.Layout.PixelCount);
        try
        {
            foreach (var block in Run.Layout.Blocks)
                ReadBlock(block, position, buffer);
            Fill(timing, FrameStart(position), position);
            var frame = Run.Assemble(buffer, timing, position, _clock);
            _lastPosition = position;
            return frame;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    // The file's length says it all.
    void IRunFile.Refresh()
    {
    }

    public void Dispose() => _file.Dispose();

    private static string BaseName(string name) => System.IO.Path.GetFullPath(
        name.EndsWith(".xml", StringComparison.Ordinal) || name.EndsWith(".dat", StringComparison.Ordinal) ? name[..^4] : name);

    private void ReadHistory(int position, byte[] timing)
    {
        _clock.Reset();
        for (var before = Math.Max(1, position - _clock.Depth); before < position; before++)
        {
            Fill(timing, FrameStart(before), before);
            _ = _clock.Add(timing);
        }
    }

    private void ReadBlock(UltracamLayout.Block block, int position, PixelBuffer buffer)
    {
        if (block.Pixels == 0)
            return;
        var rows = Math.Clamp(Chunk / block.RowBytes, 1, block.Ny);
        var bytes = ArrayPool<byte>.Shared.Rent(rows * block.RowBytes);
        try
        {
            for (var row = 0; row < block.Ny; row += rows)
            {
                var piece = bytes.AsSpan(0, Math.Min(rows, block.Ny - row) * block.RowBytes);
                Fill(piece, FrameStart(position) + Run.TimingBytes + 2L * block.Offset + (long)row * block.RowBytes, position);
                UltracamDecoder.DecodeRows(Run.Layout, block, row, piece, buffer.Pixels);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private long FrameStart(int position) => (position - 1L) * Run.FrameBytes;

    private void Fill(Span<byte> bytes, long offset, int position)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0)
                throw new RunException($"{Path}: the file became shorter while frame {position} was being read.");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
