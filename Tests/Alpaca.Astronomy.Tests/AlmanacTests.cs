using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests;

public class AlmanacTests
{
    private static readonly Almanac Hawaii = new(MaunaLoa);

    [Theory]
    [InlineData(51.4779, 0, "2024-06-20 00:00", "2024-06-20 03:43", "2024-06-20 20:21")]
    [InlineData(38.9, -77.0333, "2024-01-01 05:00", "2024-01-01 12:27", "2024-01-01 21:57")]
    public void Sunrise_and_sunset_as_published(double latitude, double longitude, string from, string rise, string set)
    {
        var almanac = new Almanac(Site.FromDegrees("town", latitude, longitude, 0));
        Near(Utc(rise), almanac.Next(Body.Sun, Crossing.Rising, Almanac.SunriseAltitude, Utc(from)), 75);
        Near(Utc(set), almanac.Next(Body.Sun, Crossing.Setting, Almanac.SunriseAltitude, Utc(from)), 75);
    }

    [Fact]
    public void The_night_of_2016_August_13_ends_at_14_45_16()
    {
        var end = Hawaii.Next(Body.Sun, Crossing.Rising, Almanac.AstronomicalTwilight, Utc("2016-08-13 10:00"));
        Near(Utc("2016-08-13 14:45:16"), end, 30);
        Near(-18, SkyTransform.At(MaunaLoa, end!.Value).Sun().Geometric.Altitude.Degrees, 1e-3);
        var night = Hawaii.NightOf(new DateOnly(2016, 8, 12))!.Value;
        Assert.True(night.Contains(Utc("2016-08-13 10:00")));
        Near(end.Value, night.End, 0.2);
        Assert.Equal(new DateOnly(2016, 8, 12), Hawaii.EveningOf(Utc("2016-08-13 10:00")));
        Assert.Equal(new DateOnly(2016, 8, 12), Hawaii.EveningOf(night.Start));
        Assert.Equal(new DateOnly(2016, 8, 12), Hawaii.EveningOf(night.End));
        Near(night.Start, Hawaii.Previous(Body.Sun, Crossing.Setting, Almanac.AstronomicalTwilight, Utc("2016-08-13 10:00")), 0.2);
    }

    [Theory]
    [InlineData("22h03m10.7721s +18d53m03.543s", "2016-08-13 10:00", "10:57:02", "15:12:10")]
    [InlineData("20h00m43.7135s +22d42m39.0645s", "2016-08-13 05:00", "08:54:51", "13:13:10")]
    [InlineData("17h52m07.02s +37d32m46.2012s", "2016-08-13 05:00", "06:46:26", "11:12:18")]
    [InlineData("20h06m15.4536s +44d27m24.75s", "2016-08-13 05:00", "09:00:11", "13:26:22")]
    [InlineData("02h26m51.0582s +37d33m01.733s", "2016-09-11 10:08", "13:26:12", "17:52:05")]
    public void Transits_and_settings_of_the_reference_schedule(string target, string from, string transit, string sets30)
    {
        var star = SkyPosition.Parse(target);
        var (start, day) = (Utc(from), from[..11]);
        Near(Utc(day + transit), Hawaii.NextTransit(star, start), 60);
        var set = Hawaii.Next(star, Crossing.Setting, Angle.FromDegrees(30), start);
        Near(Utc(day + sets30), set, 60);
        Near(30, SkyTransform.At(MaunaLoa, set!.Value).Observed(star).Altitude.Degrees, 1e-3);
        var sky = SkyTransform.At(MaunaLoa, Hawaii.NextTransit(star, start));
        Near(0, sky.HourAngle(sky.Apparent(star)).Hours, 0.1 / 3600);
        Near(Hawaii.CulminationAltitude(star, start).Degrees, sky.Observed(star).Altitude.Degrees, 1e-3);
    }

    [Theory]
    [InlineData("2016-08-13 05:00", -2.66)]
    [InlineData("2016-08-13 10:00", -55.34)]
    [InlineData("2016-08-13 10:30", -55.99)]
    [InlineData("2016-08-13 14:30", -21.29)]
    [InlineData("2016-08-13 15:00", -14.79)]
    [InlineData("2016-09-11 07:08", -37.36)]
    [InlineData("2016-09-11 10:08", -66.0)]
    [InlineData("2016-08-13 22:00", 81.69)]
    [InlineData("2016-09-09 04:00", 6.33)]
    [InlineData("2016-09-09 05:00", -7.74)]
    [InlineData("2016-09-09 09:00", -58.55)]
    [InlineData("2020-01-01 08:00", -56.0)]
    [InlineData("2020-01-01 22:00", 47.01)]
    public void Sun_altitudes_of_the_reference_schedule(string time, double altitude)
    {
        Near(altitude, SkyTransform.At(MaunaLoa, Utc(time)).Sun().Geometric.Altitude.Degrees, 0.03);
        Near(altitude, Hawaii.Altitude(Body.Sun, Utc(time)).Degrees, 0.03);
    }

    [Theory]
    [InlineData("20h00m43.7135s +22d42m39.0645s", "2016-08-13 10:00", 74.4, 284.8, 57.41)]
    [InlineData("22h03m10.7721s +18d53m03.543s", "2016-08-13 10:00", 76.5, 90.1, 79.6)]
    [InlineData("17h52m07.02s +37d32m46.2012s", "2016-08-13 10:00", 44.3, 303.9, 56.5)]
    [InlineData("15h18m33.2201s +02d04m51.7008s", "2016-08-13 05:00", 69.1, 214.4, 34.1)]
    [InlineData("20h06m15.4536s +44d27m24.75s", "2016-08-13 10:00", 62.1, 336.8, 73.8)]
    [InlineData("02h26m51.0582s +37d33m01.733s", "2016-09-11 10:08", 43.4, 56.2, 121.8)]
    [InlineData("05h35m17.2992s -05d23m27.996s", "2016-08-13 15:00", 33.0, 110.4, 156.3)]
    [InlineData("17h10m23s -15d43m30s", "2016-08-13 10:00", 22.2, 242.9, 2.98)]
    [InlineData("00h38m17.59s +42d27m47.2s", "2016-08-13 10:00", 40.0, 50.3, 117.21)]
    public void Places_and_Moon_distances_of_the_reference_schedule(string target, string time, double altitude, double azimuth, double moon)
    {
        var sky = SkyTransform.At(MaunaLoa, Utc(time));
        var star = SkyPosition.Parse(target);
        var seen = sky.Observed(star);
        Near(altitude, seen.Altitude.Degrees, 0.08);
        Near(azimuth, seen.Azimuth.Degrees, 0.15);
        Near(altitude, Hawaii.Altitude(star, sky.Time).Degrees, 0.08);
        Near(moon, sky.Moon().Icrs.Separation(star).Degrees, 0.1);
    }

    [Fact]
    public void Anchors_of_the_scheduler_specification()
    {
        var morning = SkyTransform.At(MaunaLoa, Utc("2016-08-13 10:00"));
        var noon = SkyTransform.At(MaunaLoa, Utc("2016-08-13 22:00"));
        Near(21.1127, morning.LocalMeanSiderealTime.Hours, 2e-4);
        Near(9.1455, noon.LocalMeanSiderealTime.Hours, 2e-4);
        var hatP20 = SkyPosition.Parse("07h27m39.89s +24d20m14.7s");
        Near(1.6845, (noon.LocalMeanSiderealTime - hatP20.RightAscension).Hours, 2e-4);
        Near(1.6678, noon.HourAngle(noon.Apparent(hatP20)).Hours, 5e-4);
        Near(1.0918, Airmass.Secant(noon.Observed(hatP20).Altitude), 0.0005);
        Near(156.16, noon.Moon().Icrs.Separation(hatP20).Degrees, 0.02);
        Near(0.788, noon.MoonPhase().Fraction, 0.001);
        var m44 = SkyTransform.At(MaunaLoa, Utc("2018-01-19 07:10")).Observed(SkyPosition.Parse("08h40m24s +19d40m00.12s"));
        Near(34.0, m44.Altitude.Degrees, 0.05);
        Near(79.0, m44.Azimuth.Degrees, 0.05);
    }

    [Fact]
    public void A_circumpolar_star_never_sets_and_a_hidden_one_never_rises()
    {
        var almanac = new Almanac(Site.FromDegrees("north", 60, 10, 0));
        var (polaris, canopus) = (SkyPosition.Parse("02h31m49s +89d15m51s"), SkyPosition.Parse("06h23m57s -52d41m44s"));
        Assert.Null(almanac.Next(polaris, Crossing.Setting, Angle.FromDegrees(30), Utc("2026-01-01")));
        Assert.Null(almanac.Next(canopus, Crossing.Rising, Angle.Zero, Utc("2026-01-01")));
    }

    [Fact]
    public void Next_and_previous_crossings_of_a_star_frame_the_time()
    {
        var random = new Random(4);
        for (var i = 0; i < 300; i++)
        {
            var time = Utc("2026-01-01").AddDays(random.NextDouble() * 365);
            var star = SkyPosition.FromDegrees(random.NextDouble() * 360, (random.NextDouble() * 90) - 45);
            foreach (var crossing in Enum.GetValues<Crossing>())
            {
                var next = Hawaii.Next(star, crossing, Angle.FromDegrees(10), time)!.Value;
                var previous = Hawaii.Previous(star, crossing, Angle.FromDegrees(10), time)!.Value;
                Assert.True(previous <= time && time <= next);
                Near(86164.1, (next - previous).TotalSeconds, 0.2);
                Near(10, SkyTransform.At(MaunaLoa, next).Observed(star).Altitude.Degrees, 1e-3);
                var rising = SkyTransform.At(MaunaLoa, next.AddMinutes(1)).Observed(star).Altitude.Degrees > 10;
                Assert.Equal(crossing == Crossing.Rising, rising);
            }
            Near(86164.1, (Hawaii.NextTransit(star, time) - Hawaii.PreviousTransit(star, time)).TotalSeconds, 0.2);
        }
    }

    [Fact]
    public void The_Moon_rises_every_24_h_50_min_and_is_followed_from_crossing_to_crossing()
    {
        var time = Utc("2026-01-01");
        var rises = new List<DateTimeOffset>();
        for (var i = 0; i < 60; i++)
        {
            time = Hawaii.Next(Body.Moon, Crossing.Rising, Almanac.SunriseAltitude, time)!.Value;
            rises.Add(time);
            Near(time, Hawaii.Previous(Body.Moon, Crossing.Rising, Almanac.SunriseAltitude, time.AddMinutes(30)), 0.2);
            time = time.AddMinutes(1);
        }
        Near(24.84, (rises[^1] - rises[0]).TotalHours / 59, 0.05);
        var transit = Hawaii.NextTransit(Body.Moon, Utc("2026-01-01"));
        var sky = SkyTransform.At(MaunaLoa, transit);
        Near(0, sky.HourAngle(sky.Moon().Apparent).Arcseconds / 15, 0.2);
    }

    [Fact]
    public void Polar_day_has_no_night_and_polar_night_lasts_from_noon_to_noon()
    {
        var almanac = new Almanac(Site.FromDegrees("Longyearbyen", 78.22, 15.65, 10));
        Assert.Null(almanac.NightOf(new DateOnly(2026, 6, 21), Angle.Zero));
        Assert.Equal(TimeSpan.FromDays(1), almanac.NightOf(new DateOnly(2026, 12, 21), Angle.Zero)!.Value.Length);
    }

    [Fact]
    public void A_night_shorter_than_a_search_step_is_found()
    {
        // Around the solstice the Sun at this latitude just dips below the altitude: the dip is searched for, not stepped over.
        var almanac = new Almanac(Site.FromDegrees("north", 50, 10, 0));
        var lowest = Enumerable.Range(0, 1440).Min(minute => almanac.Altitude(Body.Sun, Utc("2026-06-20 12:00").AddMinutes(minute)).Degrees);
        var altitude = Angle.FromDegrees(lowest + 0.003);
        var night = almanac.NightOf(new DateOnly(2026, 6, 20), altitude);
        Assert.NotNull(night);
        Assert.InRange(night.Value.Length.TotalMinutes, 0.5, 10);
        Assert.Null(almanac.NightOf(new DateOnly(2026, 6, 20), Angle.FromDegrees(lowest - 0.003)));
    }
}
