namespace Alpaca.Hosting;

/// <summary>Replies counted by HTTP status, in fixed places.</summary>
internal sealed class StatusCounts
{
    /// <summary>The statuses counted one by one; the last place is for all others.</summary>
    private static readonly int[] s_statuses = [200, 302, 400, 401, 403, 404, 405, 408, 413, 421, 429, 500, 503];

    private readonly long[] _counts = new long[s_statuses.Length + 1];
    private long _errors;

    /// <summary>Of the replies with status 200, those in which the device reports an error.</summary>
    public long Errors => Volatile.Read(ref _errors);

    /// <summary>Counts a reply.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="isError">True if the reply carries an ErrorNumber other than 0.</param>
    public void Record(int status, bool isError)
    {
        var i = 0;
        while (i < s_statuses.Length && s_statuses[i] != status)
            i++;
        Interlocked.Increment(ref _counts[i]);
        if (isError)
            Interlocked.Increment(ref _errors);
    }

    /// <summary>Status and count of those that occurred.</summary>
    public IEnumerable<(string Status, long Count)> Read()
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            if (Volatile.Read(ref _counts[i]) is > 0 and var count)
                yield return (i < s_statuses.Length ? FormattableString.Invariant($"{s_statuses[i]}") : "other", count);
        }
    }
}
