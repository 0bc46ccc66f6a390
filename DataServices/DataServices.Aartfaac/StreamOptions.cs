namespace DataServices.Aartfaac;

/// <summary>How subbands are received.</summary>
public sealed record StreamOptions
{
    public GroupingOptions Grouping { get; init; } = new();

    public WindowLimits Limits { get; init; } = WindowLimits.Default;

    public PixelOrder Order { get; init; }

    public OverflowPolicy Overflow { get; init; } = OverflowPolicy.DropOldest;

    /// <summary>Groups waiting for the consumer.</summary>
    public int GroupCapacity { get; init; } = 10;

    /// <summary>Windows waiting per endpoint; then its sender has to wait.</summary>
    public int WindowsPerEndpoint { get; init; } = 8;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection silent for so long is given up; zero: never.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time between two images of a subband, for health.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>An endpoint silent for more than so many cadences makes the stream degraded.</summary>
    public int SilentCadences { get; init; } = 5;

    /// <summary>Seed of the jitter of reconnecting, so that a run can be repeated.</summary>
    public int Seed { get; init; } = 1;

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
