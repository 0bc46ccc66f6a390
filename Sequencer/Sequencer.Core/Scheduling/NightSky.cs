using Alpaca.Astronomy;

namespace Sequencer.Core.Scheduling;

/// <summary>The real sky above a site.</summary>
/// <param name="site">Where the observatory stands.</param>
public sealed class NightSky(Site site) : INightSky
{
    private readonly Almanac _almanac = new(site);

    /// <inheritdoc/>
    public double SunAltitudeDegrees(DateTimeOffset time) => _almanac.Altitude(Body.Sun, time).Degrees;

    /// <inheritdoc/>
    public HorizontalPosition Horizontal(Field field, DateTimeOffset time) => SkyTransform.At(site, time).Observed(Known(field));

    /// <inheritdoc/>
    public double MoonSeparationDegrees(Field field, DateTimeOffset time) => Separation(SkyTransform.At(site, time).Moon(), field);

    /// <inheritdoc/>
    public double SunSeparationDegrees(Field field, DateTimeOffset time) => Separation(SkyTransform.At(site, time).Sun(), field);

    /// <inheritdoc/>
    public DateTimeOffset? NextSunRise(double altitudeDegrees, DateTimeOffset time) =>
        _almanac.Next(Body.Sun, Crossing.Rising, Angle.FromDegrees(altitudeDegrees), time);

    /// <inheritdoc/>
    public DateTimeOffset? NextSetting(Field field, double altitudeDegrees, DateTimeOffset time) =>
        _almanac.Next(Known(field), Crossing.Setting, Angle.FromDegrees(altitudeDegrees), time);

    /// <inheritdoc/>
    public DateTimeOffset NextTransit(Field field, DateTimeOffset time) => _almanac.NextTransit(Known(field), time);

    private static double Separation(SkyBody body, Field field) => body.Icrs.Separation(field.Position).Degrees;

    private static SkyPosition Known(Field field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Position;
    }
}
