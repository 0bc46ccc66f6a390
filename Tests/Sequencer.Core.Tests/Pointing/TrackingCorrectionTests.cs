using Alpaca.Contract;
using Sequencer.Core.Pointing;

namespace Sequencer.Core.Tests.Pointing;

public sealed class TrackingCorrectionTests
{
    private static readonly TrackingCorrection Correction = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(99999));

    private static OffsetError Offset(double ra, double dec) => new(ra, dec, Math.Sqrt((ra * ra) + (dec * dec)), ra);

    [Fact]
    public void Twenty_five_arcseconds_take_1847_ms_at_a_guide_rate_of_0_9()
    {
        var pulse = Assert.Single(Correction.Pulses(Offset(0, 25), 3));
        Assert.Equal(1846.8, pulse.Duration.TotalMilliseconds, 0.1);
    }

    [Fact]
    public void A_tiny_pulse_is_left_out_and_a_huge_one_is_cut()
    {
        Assert.Empty(Correction.Pulses(Offset(1, -1), 3));
        Assert.Equal(99999, Assert.Single(Correction.Pulses(Offset(0, 1e6), 3)).Duration.TotalMilliseconds, 0.001);
    }

    [Theory]
    [InlineData(25, 3, false, GuideDirection.South)]
    [InlineData(-25, 3, false, GuideDirection.North)]
    [InlineData(25, -3, false, GuideDirection.South)]
    [InlineData(-25, -3, false, GuideDirection.North)]
    [InlineData(25, 3, true, GuideDirection.South)]
    [InlineData(-25, 3, true, GuideDirection.North)]
    [InlineData(25, -3, true, GuideDirection.North)]
    [InlineData(-25, -3, true, GuideDirection.South)]
    public void Declination_is_taken_back_on_the_sky_and_swapped_only_for_drivers_that_swap(double arcsec, double hourAngle, bool flip, GuideDirection expected) =>
        Assert.Equal(expected, Assert.Single((Correction with { DecFlip = flip }).Pulses(Offset(0, arcsec), hourAngle)).Direction);

    [Fact]
    public void Declination_goes_first_and_east_is_taken_back_to_the_west()
    {
        var pulses = Correction.Pulses(Offset(25, -25), 3, guideRateRa: 0.45);
        Assert.Equal([GuideDirection.North, GuideDirection.West], pulses.Select(pulse => pulse.Direction));
        Assert.Equal(2 * 1846.8, pulses[1].Duration.TotalMilliseconds, 0.2);
        Assert.Equal(GuideDirection.East, Correction.Pulses(Offset(-25, 0), 3)[0].Direction);
    }
}
