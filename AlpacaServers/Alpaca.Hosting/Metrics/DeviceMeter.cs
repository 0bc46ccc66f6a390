namespace Alpaca.Hosting;

/// <summary>
/// Counts the requests for one device: by member, verb and status; by error number; and how long they took. Everything lies in arrays indexed by number,
/// so that a request that is counted allocates nothing: only the first one of its kind does.
/// </summary>
/// <param name="members">How many members the device's type has.</param>
internal sealed class DeviceMeter(int members)
{
    private const int FirstError = 0x400;
    private const int StandardErrors = 0x100;

    private readonly StatusCounts?[] _counts = new StatusCounts?[2 * members];

    /// <summary>One place per standard error number, and a last one for the driver's own.</summary>
    private readonly long[] _errors = new long[StandardErrors + 1];

    private long _images;
    private long _imageBytes;

    /// <summary>Durations of reads.</summary>
    public LatencyHistogram Reads { get; } = new();

    /// <summary>Durations of writes and commands.</summary>
    public LatencyHistogram Writes { get; } = new();

    /// <summary>Durations of image transfers.</summary>
    public LatencyHistogram Images { get; } = new();

    /// <summary>Images sent.</summary>
    public long ImageCount => Volatile.Read(ref _images);

    /// <summary>Bytes of the images sent, as they were on the wire.</summary>
    public long ImageBytes => Volatile.Read(ref _imageBytes);

    /// <summary>Counts a request that has been answered.</summary>
    /// <param name="member">The member's number.</param>
    /// <param name="isPut">PUT rather than GET.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="error">The reply's ErrorNumber.</param>
    public void Record(int member, bool isPut, int status, int error)
    {
        ref var place = ref _counts[(2 * member) + (isPut ? 1 : 0)];
        (place ?? Interlocked.CompareExchange(ref place, new StatusCounts(), null) ?? place).Record(status, error != 0);
        if (error != 0)
            Interlocked.Increment(ref _errors[error is >= FirstError and < FirstError + StandardErrors ? error - FirstError : StandardErrors]);
    }

    /// <summary>Counts an image that has left.</summary>
    public void RecordImage(long bytes)
    {
        Interlocked.Increment(ref _images);
        Interlocked.Add(ref _imageBytes, bytes);
    }

    /// <summary>The counts of one member and verb; null if it was never asked.</summary>
    public StatusCounts? Read(int member, bool isPut) => Volatile.Read(ref _counts[(2 * member) + (isPut ? 1 : 0)]);

    /// <summary>Error numbers that occurred, as the standard writes them, and how often.</summary>
    public IEnumerable<(string Error, long Count)> ReadErrors()
    {
        for (var i = 0; i <= StandardErrors; i++)
        {
            if (Volatile.Read(ref _errors[i]) is > 0 and var count)
                yield return (i < StandardErrors ? FormattableString.Invariant($"0x{FirstError + i:X3}") : "driver", count);
        }
    }
}
