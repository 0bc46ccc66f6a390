namespace Emulators.Kit;

/// <summary>What goes wrong between an instrument and its driver: lost, changed, late and foreign bytes, either by order or by chance.</summary>
public sealed class WireFaults(TimeProvider clock)
{
    private readonly Queue<byte[]> _prefixes = new();
    private Random? _chance;
    private double _lossChance;
    private double _changeChance;
    private int _drop;
    private int _corrupt;
    private int _deaf;
    private int? _splitAt;
    private TimeSpan _splitGap;
    private DateTimeOffset _silentUntil;

    /// <summary>Bytes that were lost or changed until now.</summary>
    public int Count { get; private set; }

    /// <summary>The next bytes that the instrument sends are lost.</summary>
    public void DropNext(int bytes) => _drop = bytes;

    /// <summary>The next bytes that the instrument sends arrive changed.</summary>
    public void CorruptNext(int bytes) => _corrupt = bytes;

    /// <summary>The next bytes that the driver sends do not arrive.</summary>
    public void DeafForNext(int bytes) => _deaf = bytes;

    /// <summary>The next message comes in two parts, with a gap between.</summary>
    public void SplitNext(int after, TimeSpan gap) => (_splitAt, _splitGap) = (after, gap);

    /// <summary>Foreign bytes come before the next message.</summary>
    public void PrefixNext(byte[] bytes) => _prefixes.Enqueue(bytes);

    /// <summary>Whatever the instrument sends for a while is lost.</summary>
    public void Silence(TimeSpan duration) => _silentUntil = duration == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.GetUtcNow() + duration;

    /// <summary>From now on bytes are lost and changed by chance, in both directions; repeatable by the seed.</summary>
    /// <param name="seed">Where the chance comes from.</param>
    /// <param name="loss">Probability that a byte is lost.</param>
    /// <param name="change">Probability that a byte arrives changed.</param>
    public void AtRandom(int seed, double loss, double change) => (_chance, _lossChance, _changeChance) = (new Random(seed), loss, change);

    /// <summary>No faults from now on.</summary>
    public void Clear()
    {
        (_chance, _drop, _corrupt, _deaf, _splitAt, _silentUntil) = (null, 0, 0, 0, null, default);
        _prefixes.Clear();
    }

    /// <summary>What arrives of the driver's bytes.</summary>
    internal byte[] Hear(ReadOnlySpan<byte> bytes)
    {
        var heard = bytes.ToArray();
        return [.. heard.Where(_ => !Take(ref _deaf)).Select(ByChance).OfType<byte>()];
    }

    /// <summary>What arrives of the instrument's bytes, and how much later.</summary>
    internal IReadOnlyList<(byte[] Bytes, TimeSpan Delay)> Say(byte[] bytes)
    {
        if (clock.GetUtcNow() < _silentUntil)
        {
            Count += bytes.Length;
            return [];
        }

        var said = bytes.Where(_ => !Take(ref _drop)).Select(b => Take(ref _corrupt) ? (byte)(b ^ 0x15) : b).Select(ByChance).OfType<byte>().ToArray();
        if (_prefixes.TryDequeue(out var prefix))
            said = [.. prefix, .. said];
        if (_splitAt is not { } split || split >= said.Length)
            return said.Length > 0 ? [(said, TimeSpan.Zero)] : [];
        _splitAt = null;
        return [(said[..split], TimeSpan.Zero), (said[split..], _splitGap)];
    }

    private byte? ByChance(byte b)
    {
        if (_chance is null)
            return b;
        if (_chance.NextDouble() < _lossChance)
        {
            Count++;
            return null;
        }

        if (_chance.NextDouble() >= _changeChance)
            return b;
        Count++;
        return (byte)_chance.Next(256);
    }

    private bool Take(ref int left)
    {
        if (left == 0)
            return false;
        left--;
        Count++;
        return true;
    }
}
