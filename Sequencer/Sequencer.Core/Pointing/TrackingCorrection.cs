using Alpaca.Contract;
using Sequencer.Core.Records;

namespace Sequencer.Core.Pointing;

/// <summary>One guide pulse.</summary>
/// <param name="OffsetArcsec">The offset it takes back.</param>
/// <param name="Direction">On the sky.</param>
public sealed record GuidePulse(double OffsetArcsec, GuideDirection Direction, TimeSpan Duration);

/// <summary>Turns the offset of a frame against the pointing image into guide pulses that take it back.</summary>
/// <param name="MinPulse">Shorter pulses are left out.</param>
/// <param name="MaxPulse">Longer pulses are cut.</param>
/// <param name="DecFlip">For drivers that swap north and south on one side of the pier (they should not).</param>
public sealed record TrackingCorrection(TimeSpan MinPulse, TimeSpan MaxPulse, bool DecFlip = false)
{
    /// <summary>Arcseconds per second that the sky turns.</summary>
    public const double SiderealRate = 360.0 * 3600 / 86164;

    /// <summary>Guide rate of a mount that does not say its own, in multiples of the sidereal rate.</summary>
    public const double DefaultGuideRate = 0.9;

    /// <summary>The pulses for an offset: declination first.</summary>
    /// <param name="offset">Where the frame is minus where the pointing image is.</param>
    /// <param name="hourAngleHours">Of the pointing image, -12 to 12 or 0 to 24: 0 to 12 is the western half of the sky.</param>
    /// <param name="guideRateRa">In multiples of the sidereal rate.</param>
    /// <param name="guideRateDec">In multiples of the sidereal rate.</param>
    public IReadOnlyList<GuidePulse> Pulses(OffsetError offset, double hourAngleHours, double guideRateRa = DefaultGuideRate, double guideRateDec = DefaultGuideRate)
    {
        ArgumentNullException.ThrowIfNull(offset);
        var h = ((hourAngleHours % 24) + 24) % 24;
        var west = h <= 12;

        // Guide directions are defined on the sky, the same on both sides of the pier; only a driver that breaks the rule needs the flip.
        var south = west || !DecFlip;
        var dec = Pulse(offset.DeltaDec, guideRateDec, south ? GuideDirection.South : GuideDirection.North, south ? GuideDirection.North : GuideDirection.South);

        // The guide rate is a rate of the axis: the cosine of the declination cancels, so the plain difference is right here.
        var ra = Pulse(offset.DeltaRa, guideRateRa, GuideDirection.West, GuideDirection.East);
        return [.. new[] { dec, ra }.OfType<GuidePulse>()];
    }

    /// <summary>Sends the pulses, one axis after the other. An axis that does not end its pulse is a warning, not a failure.</summary>
    public async Task<IReadOnlyList<GuidePulse>> ApplyAsync(
        IPointingMount mount, OffsetError offset, double hourAngleHours, Journal journal, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(mount);
        ArgumentNullException.ThrowIfNull(journal);
        var reading = await mount.ReadAsync(cancel);
        var pulses = Pulses(offset, hourAngleHours, reading.GuideRateRa ?? DefaultGuideRate, reading.GuideRateDec ?? DefaultGuideRate);
        foreach (var pulse in pulses)
        {
            journal.Write("guide", ("direction", pulse.Direction), ("ms", pulse.Duration.TotalMilliseconds), ("offsetArcsec", pulse.OffsetArcsec));
            try
            {
                await mount.PulseGuideAsync(pulse.Direction, pulse.Duration, cancel);
            }
            catch (TimeoutException error)
            {
                journal.Warning($"Tracking could not be corrected: {error.Message}");
            }
        }

        return pulses;
    }

    private GuidePulse? Pulse(double arcsec, double guideRate, GuideDirection positive, GuideDirection negative)
    {
        var length = TimeSpan.FromSeconds(Math.Min(Math.Abs(arcsec) / (SiderealRate * guideRate), MaxPulse.TotalSeconds));
        return length <= MinPulse ? null : new GuidePulse(arcsec, arcsec >= 0 ? positive : negative, length);
    }
}
