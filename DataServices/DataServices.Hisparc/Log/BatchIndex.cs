using System.Buffers.Binary;
using System.Globalization;
using DataServices.Fits;

namespace DataServices.Hisparc.Log;

/// <summary>
/// Which batches were acknowledged in the last weeks: (station, MD5, length), one small file a day. It spares the log the same batch twice. That
/// nothing is stored twice does not depend on it: events have an identity of their own.
/// </summary>
public sealed class BatchIndex : IDisposable
{
    private const int EntryLength = 8;
    private readonly string _directory;
    private readonly int _days;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<DateOnly, HashSet<ulong>> _known = [];
    private FileStream? _file;
    private DateOnly _day;

    private BatchIndex(string directory, int days)
    {
        _directory = directory;
        _days = days;
    }

    /// <summary>Reads what is known.</summary>
    /// <param name="days">How long a batch is remembered.</param>
    public static BatchIndex Open(string directory, int days)
    {
        Durable.CreateDirectory(directory);
        var index = new BatchIndex(directory, days);
        foreach (var path in Directory.EnumerateFiles(directory, "*.batches"))
        {
            if (!DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                continue;
            var bytes = File.ReadAllBytes(path);
            var keys = index.Keys(day);
            for (var i = 0; i + EntryLength <= bytes.Length; i += EntryLength)
                keys.Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i)));
        }

        return index;
    }

    /// <summary>The key of a batch: its MD5, folded, with station and length mixed in.</summary>
    public static ulong Key(int station, ReadOnlySpan<byte> md5, int length) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(md5) ^ ulong.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(md5[8..]), 23))
        + (ulong)(uint)station * 0x9E3779B97F4A7C15 + (ulong)(uint)length * 0xC2B2AE3D27D4EB4F;

    /// <summary>Whether the batch was acknowledged before.</summary>
    public bool Contains(ulong key)
    {
        lock (_gate)
            return _known.Values.Any(keys => keys.Contains(key));
    }

    /// <summary>Notes a batch that is durable.</summary>
    public void Add(ulong key, DateTimeOffset received)
    {
        var day = DateOnly.FromDateTime(received.UtcDateTime);
        lock (_gate)
        {
            if (!Keys(day).Add(key))
                return;
            if (_file is null || day != _day)
                Turn(day);
            Span<byte> entry = stackalloc byte[EntryLength];
            BinaryPrimitives.WriteUInt64LittleEndian(entry, key);
            _file!.Write(entry);
            _file.Flush();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _file?.Dispose();
    }

    private HashSet<ulong> Keys(DateOnly day)
    {
        if (!_known.TryGetValue(day, out var keys))
            _known[day] = keys = [];
        return keys;
    }

    private void Turn(DateOnly day)
    {
        _file?.Dispose();
        _day = day;
        var path = PathOf(day);
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);

        // A crash may have left half an entry.
        _file.SetLength(_file.Length / EntryLength * EntryLength);
        _file.Seek(0, SeekOrigin.End);
        foreach (var old in _known.Keys.Where(known => known < day.AddDays(-_days)).ToList())
        {
            _known.Remove(old);
            File.Delete(PathOf(old));
        }
    }

    private string PathOf(DateOnly day) => Path.Combine(_directory, day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + ".batches");
}
