using Alpaca.Astronomy;
using Alpaca.Contract;
using Sequencer.Core.Pointing;

namespace Sequencer.Core.Tests.Observing;

/// <summary>A mount whose axes are off by a constant until it is told where it is, and that drifts if asked to.</summary>
internal sealed class TestMount(TimeProvider clock, SkyPosition start) : IPointingMount
{
    private SkyPosition _believed = start;
    private DateTimeOffset _arrived = clock.GetUtcNow();

    /// <summary>Degrees that the axes are off in declination.</summary>
    public double Error { get; set; }

    /// <summary>Part of the error that is left after each sync and slew.</summary>
    public double Remains { get; init; }

    /// <summary>Arcseconds per minute to the north.</summary>
    public double Drift { get; init; }

    public bool Tracking { get; set; } = true;

    public List<SkyPosition> Syncs { get; } = [];

    public List<SkyPosition> Slews { get; } = [];

    public List<(GuideDirection Direction, TimeSpan Duration)> Pulses { get; } = [];

    /// <summary>Where it really looks.</summary>
    public SkyPosition True => _believed.Offset(Angle.Zero, Angle.FromDegrees(Error) + Angle.FromArcseconds(Drift * (clock.GetUtcNow() - _arrived).TotalMinutes));

    public async Task SlewAsync(SkyPosition target, CancellationToken cancel = default)
    {
        Slews.Add(target);
        await Task.Delay(TimeSpan.FromSeconds(10), clock, cancel);
        _believed = target;
        _arrived = clock.GetUtcNow();
    }

    public Task SyncAsync(SkyPosition position, CancellationToken cancel = default)
    {
        Syncs.Add(position);
        Error *= Remains;
        _believed = position;
        return Task.CompletedTask;
    }

    public Task<bool> IsTrackingAsync(CancellationToken cancel = default) => Task.FromResult(Tracking);

    public Task<MountReading> ReadAsync(CancellationToken cancel = default) => Task.FromResult(new MountReading
    {
        Position = _believed,
        PierSide = PierSide.West,
        RateRa = 1,
        Name = "Test mount",
        FocalLengthMm = 200,
        ApertureMm = 50,
    });

    public Task PulseGuideAsync(GuideDirection direction, TimeSpan duration, CancellationToken cancel = default)
    {
        Pulses.Add((direction, duration));
        return Task.CompletedTask;
    }
}
