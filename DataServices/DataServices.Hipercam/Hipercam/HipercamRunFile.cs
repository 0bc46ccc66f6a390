using System.Buffers;
using DataServices.Fits;
using Microsoft.Win32.SafeHandles;

namespace DataServices.Hipercam;

/// <summary>
/// A HiPERCAM run in a file (<c>runNNNN.fits</c>), finished or still growing: any frame, in any order. Reads piece by piece, so that no
/// frame is ever held as bytes and pixels at once. Blocks while it reads.
/// </summary>
public sealed class HipercamRunFile : IRunFile
{
    private const int Block = 2880;
    private const int MaxHeader = 4 << 20;

    // Fits into the second-level cache together with what is written.
    private const int Chunk = 1 << 18;
    private readonly SafeFileHandle _file;
    private readonly bool _isFull;
    private byte[] _header;
    private int _lastPosition;
    private int _lastNumber;

    private HipercamRunFile(string path, SafeFileHandle file, HipercamRun run, byte[] header, bool isFull)
    {
        Path = path;
        _file = file;
        Run = run;
        _header = header;
        _isFull = isFull;
    }

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>The header's content; read again by <see cref="Refresh"/>.</summary>
    public HipercamRun Run { get; private set; }

    /// <summary>Where the first frame starts.</summary>
    public int HeaderBytes => _header.Length;

    string IRunFile.Setup => Run.Setup;

    /// <summary>Opens a run; <c>.fits</c> is added when it is missing.</summary>
    /// <exception cref="RunNotFoundException">There is no such file.</exception>
    /// <exception cref="RunException">It is not a HiPERCAM run.</exception>
    public static HipercamRunFile Open(string name, bool isFull = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var path = System.IO.Path.GetFullPath(name.EndsWith(".fits", StringComparison.Ordinal) ? name : name + ".fits");
        if (!File.Exists(path))
            throw new RunNotFoundException($"{path}: there is no such run.");
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var bytes = ReadHeader(path, file);
            return new HipercamRunFile(path, file, HipercamRun.FromHeader(path, FitsHeader.Parse(bytes), isFull), bytes, isFull);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Complete frames in the file now. The bytes that fill the last block of a finished file are none.</summary>
    public int CountFrames()
    {
        var complete = Math.Max(0, RandomAccess.GetLength(_file) - HeaderBytes) / Run.FrameBytes;
        return (int)Math.Min(complete, Run.FrameCount > 0 ? Run.FrameCount : int.MaxValue);
    }

    /// <summary>What is missing at the end of the file, in words; null when nothing is.</summary>
    public string? Truncation()
    {
        var size = Math.Max(0, RandomAccess.GetLength(_file) - HeaderBytes);
        var complete = size / Run.FrameBytes;
        var rest = size % Run.FrameBytes;
        if (Run.FrameCount > complete)
            return $"{Path}: truncated: the header promises {Run.FrameCount} frames, the file ends {rest} bytes into frame {complete + 1} of {Run.FrameBytes} bytes each.";
        return Run.FrameCount == 0 && rest >= Block
            ? $"{Path}: the file ends {rest} bytes into frame {complete + 1} of {Run.FrameBytes} bytes: it is truncated, or still being written."
            : null;
    }

    /// <summary>Reads the header again, whose number of frames changes while a run grows.</summary>
    public void Refresh()
    {
        var bytes = ReadHeader(Path, _file);
        if (bytes.Length != HeaderBytes)
            throw new RunException($"{Path}: the header grew from {HeaderBytes} to {bytes.Length} bytes while the run was being read.");
        if (bytes.AsSpan().SequenceEqual(_header))
            return;
        _header = bytes;
        Run = HipercamRun.FromHeader(Path, FitsHeader.Parse(bytes), _isFull);
    }

    /// <summary>Reads one frame.</summary>
    /// <param name="position">Its place in the file, from 1.</param>
    /// <exception cref="RunNotFoundException">The file has no complete frame there.</exception>
    public Mccd ReadFrame(int position)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        var count = CountFrames();
        if (position > count)
            throw new RunNotFoundException($"{Path}: frame {position} is not there; the file has {count}.");
        var expected = ExpectedNumber(position);
        var start = FrameStart(position);
        var buffer = new PixelBuffer(Run.Layout.PixelCount);
        try
        {
            foreach (var set in Run.Layout.Sets)
                ReadSet(set, start, buffer);
            var stamp = ReadStamp(position);
            _lastPosition = position;
            _lastNumber = stamp.Number;
            return Run.Assemble(buffer, stamp, expected);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Reads the timing of one frame without its pixels.</summary>
    /// <param name="position">Its place in the file, from 1.</param>
    public HipercamStamp ReadStamp(int position)
    {
        Span<byte> block = stackalloc byte[HipercamStamp.Length];
        Fill(block, FrameStart(position) + Run.FrameBytes - HipercamStamp.Length, position);
        return HipercamStamp.Decode(block);
    }

    public void Dispose() => _file.Dispose();

    // Lost frames are those missing between a frame and the one before it in the file, whichever way it was reached.
    private int ExpectedNumber(int position)
    {
        if (position == 1)
            return 1;
        return (position == _lastPosition + 1 ? _lastNumber : ReadStamp(position - 1).Number) + 1;
    }

    private void ReadSet(HipercamLayout.Set set, long start, PixelBuffer buffer)
    {
        if (set.Bytes == 0)
            return;
        var rowBytes = set.Nx * HipercamLayout.BytesPerPixel;
        // Four rows at a time at least: pixels may come in groups of four that do not end with a row.
        var rows = Math.Max(4, Chunk / rowBytes / 4 * 4);
        var bytes = ArrayPool<byte>.Shared.Rent(Math.Min(rows, set.Ny) * rowBytes);
        try
        {
            for (var row = 0; row < set.Ny; row += rows)
            {
                var piece = bytes.AsSpan(0, Math.Min(rows, set.Ny - row) * rowBytes);
                Fill(piece, start + set.FrameOffset + (long)row * rowBytes, 0);
                HipercamDecoder.DecodeRows(Run.Layout, set, row, piece, buffer.Pixels);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private long FrameStart(int position) => HeaderBytes + (position - 1L) * Run.FrameBytes;

    private void Fill(Span<byte> bytes, long offset, int position)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(_file, bytes, offset);
            if (read == 0)
                throw new RunException($"{Path}: the file became shorter while it was being read (frame {(position > 0 ? position : (offset - HeaderBytes) / Run.FrameBytes + 1)}).");
            bytes = bytes[read..];
            offset += read;
        }
    }

    private static byte[] ReadHeader(string path, SafeFileHandle file)
    {
        var header = new MemoryStream();
        var block = new byte[Block];
        while (header.Length < MaxHeader)
        {
            var length = 0;
            while (length < Block && RandomAccess.Read(file, block.AsSpan(length), header.Length + length) is var read and > 0)
                length += read;
            if (header.Length == 0 && !block.AsSpan(0, length).StartsWith("SIMPLE  ="u8))
                throw new RunException($"{path}: is not a FITS file.");
            if (length < Block)
                throw new RunException($"{path}: the file ends inside its header, after {header.Length + length} bytes.");
            header.Write(block);
            for (var card = 0; card < Block; card += 80)
            {
                if (block.AsSpan(card, 80).StartsWith("END     "u8))
                    return header.ToArray();
            }
        }

        throw new RunException($"{path}: the header has no END within {MaxHeader} bytes.");
    }
}
