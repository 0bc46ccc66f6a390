using Alpaca.Astronomy;
using Alpaca.Contract;

namespace Sequencer.Core.Pointing;

/// <summary>What pointing, tracking correction and frame headers need of the mount. Positions are ICRS: the mount's own system is behind it.</summary>
public interface IPointingMount
{
    /// <summary>Slews and waits until the mount has arrived, has settled and tracks.</summary>
    /// <exception cref="TimeoutException">It did not arrive; the slew has been aborted.</exception>
    Task SlewAsync(SkyPosition target, CancellationToken cancel = default);

    /// <summary>Tells the mount that it looks at <paramref name="position"/> now.</summary>
    Task SyncAsync(SkyPosition position, CancellationToken cancel = default);

    /// <summary>Tracking, not slewing, not parked.</summary>
    Task<bool> IsTrackingAsync(CancellationToken cancel = default);

    /// <summary>What the mount says about itself, for headers.</summary>
    Task<MountReading> ReadAsync(CancellationToken cancel = default);

    /// <summary>Guides in a direction on the sky and waits until the pulse has ended, its length and 30 s at most.</summary>
    /// <exception cref="TimeoutException">The pulse did not end.</exception>
    Task PulseGuideAsync(GuideDirection direction, TimeSpan duration, CancellationToken cancel = default);
}

/// <summary>What a mount says about itself; null where it cannot tell.</summary>
public sealed record MountReading
{
    /// <summary>Where it believes it points, ICRS.</summary>
    public SkyPosition? Position { get; init; }

    public PierSide? PierSide { get; init; }

    /// <summary>Speed in right ascension as a multiple of the sidereal rate.</summary>
    public double? RateRa { get; init; }

    /// <summary>Guide rate in right ascension as a multiple of the sidereal rate.</summary>
    public double? GuideRateRa { get; init; }

    /// <summary>Guide rate in declination as a multiple of the sidereal rate.</summary>
    public double? GuideRateDec { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Aperture of the telescope, mm.</summary>
    public double? ApertureMm { get; init; }

    /// <summary>Focal length of the telescope, mm.</summary>
    public double? FocalLengthMm { get; init; }
}
