using Alpaca.Astronomy;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Tests.Scheduling;

/// <summary>A sky that says what the test wants.</summary>
internal sealed class FakeSky : INightSky
{
    public double Altitude { get; init; } = 60;

    public double Azimuth { get; init; } = 180;

    public double Moon { get; init; } = 90;

    public Func<DateTimeOffset, double> Sun { get; init; } = _ => 90;

    public TimeSpan NightLeft { get; init; } = TimeSpan.FromHours(8);

    public TimeSpan? SetsIn { get; init; }

    public TimeSpan TransitIn { get; init; } = TimeSpan.FromHours(20);

    public double SunAltitudeDegrees(DateTimeOffset time) => -40;

    public HorizontalPosition Horizontal(Field field, DateTimeOffset time) => HorizontalPosition.FromDegrees(Altitude, Azimuth);

    public double MoonSeparationDegrees(Field field, DateTimeOffset time) => Moon;

    public double SunSeparationDegrees(Field field, DateTimeOffset time) => Sun(time);

    public DateTimeOffset? NextSunRise(double altitudeDegrees, DateTimeOffset time) => time + NightLeft;

    public DateTimeOffset? NextSetting(Field field, double altitudeDegrees, DateTimeOffset time) => time + SetsIn;

    public DateTimeOffset NextTransit(Field field, DateTimeOffset time) => time + TransitIn;
}
