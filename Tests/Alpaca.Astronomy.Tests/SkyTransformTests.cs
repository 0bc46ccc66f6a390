using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests;

public class SkyTransformTests
{
    [Fact]
    public void Sidereal_time_of_Meeus_example_12()
    {
        // 1987 April 10, 0h UT: mean 13h10m46.3668s, apparent 13h10m46.1351s (IAU 1982/1980; the newer models differ by some milliseconds).
        var sky = SkyTransform.At(Site.FromDegrees("Greenwich", 51.4779, 0, 47), Utc("1987-04-10"));
        Near(13 + (10 / 60.0) + (46.3668 / 3600), sky.GreenwichMeanSiderealTime.Hours, 0.01 / 3600);
        Near(13 + (10 / 60.0) + (46.1351 / 3600), sky.GreenwichApparentSiderealTime.Hours, 0.01 / 3600);
        Near(sky.GreenwichApparentSiderealTime.Hours, sky.LocalApparentSiderealTime.Hours, 1e-4 / 3600);
        var evening = SkyTransform.At(MaunaLoa, Utc("1987-04-10 19:21"));
        Near(8 + (34 / 60.0) + (57.0896 / 3600), evening.GreenwichMeanSiderealTime.Hours, 0.01 / 3600);
    }

    [Fact]
    public void Apparent_place_of_the_SOFA_test_star()
    {
        // t_sofa_c, atciqz: TT 2456165.5 + 0.401182685, geocentric. At the pole there is no diurnal aberration to tell the site from it,
        // but the star is beside the Sun, whose light deflection differs by 0.012" between the pole and the centre of the Earth.
        var pole = Site.FromDegrees("Pole", 90, 0, 0);
        var time = new DateTimeOffset(2012, 8, 26, 0, 0, 0, TimeSpan.Zero).AddDays(0.401182685).AddSeconds(-67.184);
        var place = SkyTransform.At(pole, time).Apparent(new SkyPosition(Angle.FromRadians(2.71), Angle.FromRadians(0.174)));
        Near(2.709994899247256984 + 0.002900618712657375647, place.RightAscension.Radians, 2e-8);
        Near(0.1728740720984931891, place.Declination.Radians, 7e-8);
        Assert.True(SkyTransform.At(pole, time).Sun().Apparent.Separation(place).Degrees < 1);
    }

    [Fact]
    public void Time_scales_follow_the_leap_seconds()
    {
        var t = TimeScales.At(Utc("2016-08-13 10:00"), 0.3);
        Near(36, (t.Tai.Day - t.Utc.Day + t.Tai.Fraction - t.Utc.Fraction) * 86400, 1e-6);
        Near(68.184, (t.Tt.Day - t.Utc.Day + t.Tt.Fraction - t.Utc.Fraction) * 86400, 1e-6);
        Near(0.3, (t.Ut1.Day - t.Utc.Day + t.Ut1.Fraction - t.Utc.Fraction) * 86400, 1e-6);
        Near(57613.416666667, t.Utc.Modified, 1e-9);
        Near(37, Shift(Utc("2017-01-01 00:00")), 1e-6);
        Near(36, Shift(Utc("2016-12-31 23:59:59")), 1e-6);

        static double Shift(DateTimeOffset time)
        {
            var s = TimeScales.At(time);
            // On the day of a leap second ERFA's UTC day has 86401 parts.
            var utcSeconds = (time - Utc("2016-12-31")).TotalSeconds + (time >= Utc("2017-01-01") ? 1 : 0);
            return ((s.Tai.Day - 2457753.5 + s.Tai.Fraction) * 86400) - utcSeconds + (time >= Utc("2017-01-01") ? 1 : 0);
        }
    }

    [Theory]
    [InlineData(false, 2e-6)]
    [InlineData(true, 2e-2)]
    public void Every_direction_comes_back_from_altitude_and_azimuth(bool refraction, double arcseconds)
    {
        var random = new Random(5);
        for (var i = 0; i < 3000; i++)
        {
            var site = Site.FromDegrees("anywhere", (random.NextDouble() * 178) - 89, (random.NextDouble() * 360) - 180, 1000);
            var sky = SkyTransform.At(site, Utc("2000-01-01").AddDays(random.NextDouble() * 14000));
            // Refraction is invertible where things are observed; below 10 degrees ERFA's series and its inverse part company.
            var low = refraction ? 10 : -85;
            var direction = HorizontalPosition.FromDegrees(low + (random.NextDouble() * (88 - low)), random.NextDouble() * 360);
            var back = sky.Observed(sky.Icrs(direction, refraction), refraction);
            Near(0, back.Separation(direction).Arcseconds, arcseconds);
            var place = sky.Apparent(direction, refraction);
            Near(0, sky.Observed(place, refraction).Separation(direction).Arcseconds, arcseconds);
            var star = SkyPosition.FromDegrees(random.NextDouble() * 360, (random.NextDouble() * 179) - 89.5);
            Near(0, sky.Icrs(sky.Apparent(star)).Separation(star).Arcseconds, 2e-6);
        }
    }

    [Fact]
    public void Results_do_not_depend_on_what_was_asked_before()
    {
        var time = Utc("2026-11-21 08:00:00.75");
        var star = SkyPosition.Parse("05h35m17.3s -05d23m28s");
        var first = SkyTransform.At(MaunaLoa, time).Observed(star);
        for (var i = 0; i < 400; i++) SkyTransform.At(MaunaLoa, time.AddSeconds(i * 0.4)).Observed(star);
        Assert.Equal(first, SkyTransform.At(MaunaLoa, time).Observed(star));
        Assert.Equal(first, SkyTransform.At(MaunaLoa with { }, time).Observed(star));
    }

    [Fact]
    public void The_sky_turns_smoothly_across_the_cached_second()
    {
        var star = SkyPosition.Parse("05h35m17.3s -05d23m28s");
        var start = Utc("2026-11-21 12:00:00.95");
        var last = SkyTransform.At(MaunaLoa, start).HourAngle(SkyTransform.At(MaunaLoa, start).Apparent(star)).Arcseconds;
        for (var i = 1; i < 20; i++)
        {
            var sky = SkyTransform.At(MaunaLoa, start.AddMilliseconds(i * 10));
            var now = sky.HourAngle(sky.Apparent(star)).Arcseconds;
            Near(0.1504107, now - last, 1e-4);
            last = now;
        }
    }

    [Fact]
    public void Refraction_lifts_by_about_the_textbook_amount()
    {
        // Bennett: 5.4' at altitude 10 degrees and 1013 hPa, 10 C; the height of the site is in the pressure.
        var sky = SkyTransform.At(Site.FromDegrees("sea level", 40, 10, 0) with { Pressure = 1010, Temperature = 10, Humidity = 0 }, Utc("2024-05-05"));
        var apparent = HorizontalPosition.FromDegrees(10, 123);
        var star = sky.Icrs(apparent, refraction: true);
        Near(5.31, (apparent.Altitude - sky.Observed(star).Altitude).Arcseconds / 60, 0.08);
        Near(sky.Observed(star).Azimuth.Degrees, 123, 1e-6);
        Assert.Equal(1013.25, Site.FromDegrees("sea", 0, 0, 0).Pressure, 2);
        Near(669, MaunaLoa.Pressure, 5);
    }

    [Fact]
    public void Batches_give_what_single_calls_give()
    {
        var sky = SkyTransform.At(MaunaLoa, Utc("2026-11-21 10:00"));
        var random = new Random(2);
        var stars = Enumerable.Range(0, 500).Select(_ => SkyPosition.FromDegrees(random.NextDouble() * 360, (random.NextDouble() * 180) - 90)).ToArray();
        var observed = new HorizontalPosition[500];
        var apparent = new EquatorialPosition[500];
        sky.Observed(stars, observed, refraction: true);
        sky.Apparent(stars, apparent);
        for (var i = 0; i < 500; i++)
        {
            Near(0, sky.Observed(stars[i], refraction: true).Separation(observed[i]).Arcseconds, 1e-9);
            Assert.Equal(sky.Apparent(stars[i]), apparent[i]);
        }
        Assert.Throws<ArgumentException>(() => sky.Observed(stars, new HorizontalPosition[499]));
    }

    [Fact]
    public void Precession_of_theta_Persei()
    {
        // Meeus, example 21.b without the proper motion it adds first: J2000 041.054063, +49.227750 (already moved) to 2028 Nov 13.19.
        var place = MeanPlaces.Precess(SkyPosition.FromDegrees(41.054063, 49.227750), 2028.867);
        Near(41.547214, place.RightAscension.Degrees, 2e-4);
        Near(49.348483, place.Declination.Degrees, 1e-4);
        Near(0, MeanPlaces.Unprecess(place, 2028.867).Separation(SkyPosition.FromDegrees(41.054063, 49.227750)).Arcseconds, 1e-8);
    }

    [Theory]
    [InlineData(EquatorialSystem.J2000)]
    [InlineData(EquatorialSystem.J2050)]
    [InlineData(EquatorialSystem.B1950)]
    [InlineData(EquatorialSystem.Topocentric)]
    [InlineData(EquatorialSystem.Other)]
    public void Equatorial_systems_convert_there_and_back(EquatorialSystem system)
    {
        var sky = SkyTransform.At(MaunaLoa, Utc("2026-11-21 10:00"));
        var star = SkyPosition.Parse("12h29m06.7s +02d03m08.6s");
        var place = sky.ToSystem(star, system);
        Near(0, sky.FromSystem(place, system).Separation(star).Arcseconds, 1e-3);
        var shift = place.Separation(new EquatorialPosition(star.RightAscension, star.Declination)).Degrees;
        // General precession is 50.29" a year along the ecliptic, times the cosine of this star's ecliptic latitude (4.77 degrees); aberration adds up to 30".
        var years = system switch { EquatorialSystem.J2000 => 0, EquatorialSystem.J2050 => 50, EquatorialSystem.B1950 => 50, _ => 26.9 };
        Near(years * 50.29 * 0.99653 / 3600, shift, years == 26.9 ? 0.01 : 0.0002);
    }

    [Fact]
    public void B1950_of_3C_273()
    {
        // 3C 273: B1950 12 26 33.248 +02 19 43.29, J2000 12 29 06.6997 +02 03 08.598.
        var old = MeanPlaces.FromIcrs(SkyPosition.Parse("12h29m06.6997s +02d03m08.598s"), EquatorialSystem.B1950);
        Near(12 + (26 / 60.0) + (33.248 / 3600), old.RightAscension.Hours, 0.01 / 3600);
        Near(2 + (19 / 60.0) + (43.29 / 3600), old.Declination.Degrees, 0.15 / 3600);
    }

    [Fact]
    public void The_parallactic_angle_is_zero_on_the_meridian_and_positive_in_the_west()
    {
        var sky = SkyTransform.At(MaunaLoa, Utc("2026-11-21 10:00"));
        var last = sky.LocalApparentSiderealTime;
        Near(0, sky.ParallacticAngle(new(last, Angle.FromDegrees(-10))).Degrees, 1e-9);
        Assert.True(sky.ParallacticAngle(new(last - Angle.FromHours(3), Angle.FromDegrees(-10))).Degrees > 20);
        Assert.True(sky.ParallacticAngle(new(last + Angle.FromHours(3), Angle.FromDegrees(-10))).Degrees < -20);
        Near(3, sky.HourAngle(new(last - Angle.FromHours(3), Angle.Zero)).Hours, 1e-12);
        // The angle is where the zenith lies, from north through east: offset a little that way and the altitude grows fastest.
        var place = new EquatorialPosition(last - Angle.FromHours(3), Angle.FromDegrees(30));
        var q = sky.ParallacticAngle(place);
        var from = new SkyPosition(place.RightAscension.Wrapped(), place.Declination);
        var step = from.Offset(Angle.FromDegrees(0.1 * Math.Sin(q.Radians)), Angle.FromDegrees(0.1 * Math.Cos(q.Radians)));
        var up = sky.Observed(new EquatorialPosition(step.RightAscension, step.Declination)).Altitude - sky.Observed(place).Altitude;
        Near(0.1, up.Degrees, 1e-4);
    }

    [Theory]
    [InlineData(90, 1, 1, 1)]
    [InlineData(30, 2, 1.994, 1.994)]
    [InlineData(10, 5.759, 5.581, 5.586)]
    public void Airmass_by_three_formulas(double altitude, double secant, double pickering, double kastenYoung)
    {
        var angle = Angle.FromDegrees(altitude);
        Near(secant, Airmass.Secant(angle), 0.001);
        Near(pickering, Airmass.Pickering(angle), 0.01);
        Near(kastenYoung, Airmass.KastenYoung(angle), 0.01);
        Near(38, Airmass.Pickering(Angle.Zero), 1);
        Near(38, Airmass.KastenYoung(Angle.Zero), 0.2);
        Assert.Equal(double.PositiveInfinity, Airmass.Secant(Angle.FromDegrees(-1)));
        Assert.Equal(double.PositiveInfinity, Airmass.Pickering(Angle.FromDegrees(-1)));
        Assert.Equal(double.PositiveInfinity, Airmass.KastenYoung(Angle.FromDegrees(-1)));
    }

    [Fact]
    public void An_impossible_site_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Site.FromDegrees("x", 91, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Site.FromDegrees("x", 0, 400, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Site.FromDegrees("x", 0, 0, 99000));
        Assert.Throws<ArgumentOutOfRangeException>(() => MaunaLoa with { Dut1 = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => MaunaLoa with { Humidity = 50 });
    }
}
