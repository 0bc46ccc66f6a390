namespace DataServices.Hipercam;

/// <summary>When an exposure was: its middle and length, and whether to trust it.</summary>
/// <param name="Time">The moment, to the nanosecond.</param>
/// <param name="MjdFraction">Fraction of the day in double precision as the field's other programs compute it, 0 up to 1.</param>
/// <param name="ExposureTime">Exposure in seconds.</param>
/// <param name="IsGood">Whether the time can be used for science.</param>
/// <param name="Reason">Why not, in words; empty when it is good.</param>
public readonly record struct FrameTime(UtcInstant Time, double MjdFraction, double ExposureTime, bool IsGood, string Reason = "")
{
    /// <summary>A time whose fraction follows from its nanoseconds.</summary>
    public FrameTime(UtcInstant time, double exposureTime, bool isGood, string reason = "")
        : this(time, time.MjdFraction, exposureTime, isGood, reason)
    {
    }

    /// <summary>MJD of <see cref="Time"/>.</summary>
    public double Mjd => Time.MjdDay + MjdFraction;
}
