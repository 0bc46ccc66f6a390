namespace Alpaca.Hosting;

/// <summary>Counts what is not about one device: other pages, refusals, connections.</summary>
internal sealed class ServerMeter
{
    private readonly long[] _refusals = new long[Enum.GetValues<Refusal>().Length];
    private readonly StatusCounts[] _pages = [.. Enum.GetValues<PageKind>().Select(_ => new StatusCounts())];

    /// <summary>When the server began, by the system's clock.</summary>
    public DateTimeOffset Started { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>Counts a refusal.</summary>
    public void Refuse(Refusal reason) => Interlocked.Increment(ref _refusals[(int)reason]);

    /// <summary>How often something was refused for a reason.</summary>
    public long Refusals(Refusal reason) => Volatile.Read(ref _refusals[(int)reason]);

    /// <summary>Counts a reply that is not a device's.</summary>
    public void RecordPage(PageKind page, int status) => _pages[(int)page].Record(status, isError: false);

    /// <summary>The replies of one kind of page.</summary>
    public StatusCounts Pages(PageKind page) => _pages[(int)page];
}
