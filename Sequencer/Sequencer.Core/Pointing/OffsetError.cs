using Alpaca.Astronomy;

namespace Sequencer.Core.Pointing;

/// <summary>How far one place on the sky is from another, arcseconds: where a frame is minus where it should be.</summary>
/// <param name="DeltaRa">Difference of the right ascensions, wrapped to +-180 degrees, <b>without</b> the cosine of the declination: what the axis of the mount turns.</param>
/// <param name="DeltaDec">Difference of the declinations.</param>
/// <param name="Magnitude">Great-circle distance.</param>
/// <param name="DeltaRaCosDec">Distance on the sky to the east: <see cref="DeltaRa"/> times the cosine of the mean declination. For thresholds and reports.</param>
public sealed record OffsetError(double DeltaRa, double DeltaDec, double Magnitude, double DeltaRaCosDec)
{
    /// <summary>From the place that should be to the place that is.</summary>
    public static OffsetError Between(SkyPosition expected, SkyPosition actual)
    {
        var (ra, dec) = expected.DifferenceTo(actual);
        var mean = (expected.Declination.Radians + actual.Declination.Radians) / 2;
        return new OffsetError(ra.Arcseconds, dec.Arcseconds, expected.Separation(actual).Arcseconds, ra.Arcseconds * Math.Cos(mean));
    }

    /// <summary>True if either axis is off by more than <paramref name="thresholdArcsec"/> on the sky.</summary>
    public bool Exceeds(double thresholdArcsec) => Math.Abs(DeltaRaCosDec) > thresholdArcsec || Math.Abs(DeltaDec) > thresholdArcsec;
}
