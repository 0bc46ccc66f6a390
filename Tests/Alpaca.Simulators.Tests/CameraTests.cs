using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Alpaca.Astronomy;
using Alpaca.Astronomy.Catalogue;
using Alpaca.Contract;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Mount;
using Sequencer.Imaging;

namespace Alpaca.Simulators.Tests;

public class CameraTests
{
    private const double Bias = 500;

    [FactWithSolver]
    public void Astrometry_net_finds_the_true_pointing_in_a_rendered_frame() => Night.Run(async (observatory, clock) =>
    {
        await OpenAndPointAsync(observatory, clock, 1.2, 25);
        using var image = await observatory.Cameras[0].ExposeAsync(clock, 30);
        var middle = DateTimeOffset.Parse(await observatory.Cameras[0].LastExposureStartTimeAsync() + "Z", null).AddSeconds(15);
        var truth = observatory.TruePointing(middle);
        var frame = new ImageFrame(image.Pixels<ushort>().ToArray(), image.Width, image.Height);
        foreach (var input in new[] { AstrometryInput.StarList, AstrometryInput.Picture })
        {
            var solver = new AstrometryNetSolver(clock, new AstrometryNetOptions(Input: input));
            var request = PlateSolveRequest.ForFrame(frame) with { Centre = truth.Offset(Angle.FromDegrees(0.3), Angle.FromDegrees(-0.4)), Radius = Angle.FromDegrees(5), ArcsecPerPixel = 9.28 };
            var solution = await solver.SolveAsync(request);
            Assert.InRange(solution.Centre.Separation(truth).Arcseconds, 0, 5);
            Assert.Equal(9.2819, solution.Wcs.ArcsecPerPixel, 0.01);
            Assert.True(solution.Wcs.IsMirrored);
        }
    }, new SimulationOptions { Stars = new CatalogueStars(StarCatalogue.OpenInstalled()) });

    [Fact]
    public void Stars_fall_where_the_true_pointing_puts_them() => Night.Run(async (observatory, clock) =>
    {
        var stars = (FieldStars)observatory.Options.Stars!;
        await OpenAndPointAsync(observatory, clock, 1.2, 25);
        var centre = observatory.TruePointing(clock.GetUtcNow());
        foreach (var (east, north) in new[] { (0.0, 0.0), (1.2, 0.9), (-1.3, 0.8), (1.1, -1.0), (-0.6, -0.3) })
            stars.Stars.Add(new(centre.Offset(Angle.FromDegrees(east), Angle.FromDegrees(north)), 7));
        using var image = await observatory.Cameras[0].ExposeAsync(clock, 2);
        var middle = DateTimeOffset.Parse(await observatory.Cameras[0].LastExposureStartTimeAsync() + "Z", null).AddSeconds(1);
        var found = StarDetector.Detect(new ImageFrame(image.Pixels<ushort>().ToArray(), image.Width, image.Height));
        foreach (var star in stars.Stars)
        {
            var (x, y) = observatory.TruePixel(star.Position, middle)!.Value;
            Assert.Contains(found, s => Math.Abs(s.X - x) < 0.2 && Math.Abs(s.Y - y) < 0.2);
        }
    }, new SimulationOptions { Stars = new FieldStars() });

    [Fact]
    public void North_is_up_and_east_is_left_before_the_flip_and_the_other_way_round_after_it() => Night.Run(async (observatory, clock) =>
    {
        foreach (var (hourAngle, sign) in new[] { (1.0, 1), (-1.0, -1) })
        {
            await observatory.Telescope.PointAsync(hourAngle, 25);
            var now = clock.GetUtcNow();
            var centre = observatory.TruePointing(now);
            var (x0, y0) = observatory.TruePixel(centre, now)!.Value;
            var (_, north) = observatory.TruePixel(centre.Offset(Angle.Zero, Angle.FromDegrees(0.5)), now)!.Value;
            var (east, _) = observatory.TruePixel(centre.Offset(Angle.FromDegrees(0.5), Angle.Zero), now)!.Value;
            Assert.Equal(-sign * 0.5 * 3600 / 9.28, north - y0, 2.0);
            Assert.Equal(-sign * 0.5 * 3600 / 9.28, east - x0, 2.0);
        }
    });

    [Fact]
    public void Doubling_the_exposure_doubles_the_flux_of_a_star()
    {
        double Flux(double seconds) => WithOneStar(9, async (observatory, clock) =>
        {
            using var image = await observatory.Cameras[0].ExposeAsync(clock, seconds);
            return Brightest(image).Flux;
        });
        Assert.Equal(2, Flux(20) / Flux(10), 0.03);
    }

    [Fact]
    public void A_star_five_halves_of_a_magnitude_fainter_has_a_tenth_of_the_flux()
    {
        double Flux(double magnitude) => WithOneStar(magnitude, async (observatory, clock) =>
        {
            using var image = await observatory.Cameras[0].ExposeAsync(clock, 5);
            return Brightest(image).Flux;
        });
        Assert.Equal(10, Flux(8) / Flux(10.5), 0.3);
    }

    [Fact]
    public void Stars_too_bright_are_clipped_at_the_full_well()
    {
        var highest = WithOneStar(1, async (observatory, clock) =>
        {
            using var image = await observatory.Cameras[0].ExposeAsync(clock, 60);
            return image.Pixels<ushort>().ToArray().Max();
        });
        Assert.InRange(highest, Bias + (50000 / 0.8) - 1, Bias + (50000 / 0.8) + 2000);
    }

    [Fact]
    public void Defocus_widens_the_stars()
    {
        double Width(int position) => WithOneStar(6, async (observatory, clock) =>
        {
            await observatory.Focuser.MoveAsync(position);
            await clock.Pass(10);
            using var image = await observatory.Cameras[0].ExposeAsync(clock, 5);
            return Brightest(image).Hfd;
        });
        var (near, middle, far) = (Width(10000), Width(10150), Width(10300));
        Assert.InRange(near, 1.5, 4);
        Assert.True(middle > near + 1 && far > middle + 1, $"{near} {middle} {far}");
    }

    [Fact]
    public void A_mount_that_does_not_track_draws_trails() => Assert.InRange(
        WithOneStar(7, async (observatory, clock) =>
        {
            await observatory.Telescope.SetTrackingAsync(false);
            using var image = await observatory.Cameras[0].ExposeAsync(clock, 10);
            return Brightest(image).Ellipticity;
        }),
        0.6,
        1);

    [Theory]
    [InlineData("dome")]
    [InlineData("cover")]
    [InlineData("dark")]
    [InlineData("filter")]
    public void Without_light_a_frame_is_bias_and_dark_current(string how) => Night.Run(async (observatory, clock) =>
    {
        await OpenAndPointAsync(observatory, clock, 1, 20);
        if (how == "dome")
            await observatory.Dome.CloseShutterAsync();
        if (how == "cover")
            await observatory.CoverCalibrator.CloseCoverAsync();
        if (how == "filter")
            await observatory.FilterWheel.SetPositionAsync(4);
        await clock.Pass(30);
        var camera = observatory.Cameras[0];
        using var image = await camera.ExposeAsync(clock, 100, light: how != "dark");
        var dark = 100 * 0.5 * Math.Pow(2, (await camera.CCDTemperatureAsync() - 20) / 6.3) / await camera.ElectronsPerADUAsync();
        Assert.Equal(Bias + dark, Median(image), 1.0);
    }, new SimulationOptions { Stars = new FieldStars { Stars = { new(SkyPosition.FromDegrees(10, 20), 3) } } });

    [Fact]
    public void An_open_sky_is_brighter_than_the_dark_and_much_brighter_in_twilight() => Night.Run(async (observatory, clock) =>
    {
        await OpenAndPointAsync(observatory, clock, 1, 20);
        using var night = await observatory.Cameras[0].ExposeAsync(clock, 10);
        Assert.InRange(Median(night), Bias + 50, Bias + 400);

        // 05:55 in Hawaii: the Sun some 9 degrees below the horizon.
        await clock.Pass((new DateTimeOffset(2026, 11, 9, 15, 55, 0, TimeSpan.Zero) - clock.GetUtcNow()).TotalSeconds);
        await OpenAndPointAsync(observatory, clock, 1, 20);
        using var dawn = await observatory.Cameras[0].ExposeAsync(clock, 1);
        Assert.True(Median(dawn) - Bias > 2 * (Median(night) - Bias), $"{Median(night)} {Median(dawn)}");
    });

    [Fact]
    public void The_lamp_in_the_cover_lights_a_flat_that_is_darker_in_the_corners() => Night.Run(async (observatory, clock) =>
    {
        await observatory.CoverCalibrator.CloseCoverAsync();
        await observatory.CoverCalibrator.CalibratorOnAsync(50);
        await clock.Pass(20);
        using var image = await observatory.Cameras[0].ExposeAsync(clock, 2);
        var middle = Mean(image, 600, 440, 80) - Bias;
        Assert.InRange(middle, 1000, 60000);
        Assert.Equal(0.75, (Mean(image, 0, 0, 20) - Bias) / middle, 0.05);
    });

    [Fact]
    public void The_same_seed_makes_the_same_pixels_and_another_seed_others()
    {
        string Hash(long seed, int frames)
        {
            var hash = "";
            Night.Run(async (observatory, clock) =>
            {
                for (var i = 0; i < frames; i++)
                {
                    using var image = await observatory.Cameras[0].ExposeAsync(clock, 1, light: false);
                    hash = Convert.ToHexString(SHA256.HashData(image.Bytes.Span));
                }
            }, new SimulationOptions { Seed = seed });
            return hash;
        }

        Assert.Equal(Hash(1, 1), Hash(1, 1));
        Assert.NotEqual(Hash(1, 1), Hash(2, 1));
        Assert.NotEqual(Hash(1, 1), Hash(1, 2));
    }

    [Fact]
    public void The_noise_of_a_bias_frame_is_the_read_noise() => Night.Run(async (observatory, clock) =>
    {
        using var image = await observatory.Cameras[0].ExposeAsync(clock, 0, light: false);
        var pixels = image.Pixels<ushort>().ToArray();
        var mean = pixels.Average(p => (double)p);
        var deviation = Math.Sqrt(pixels.Average(p => (p - mean) * (p - mean)));

        // 3.5 electrons at 0.8 per count, and the rounding of the converter.
        Assert.Equal(Math.Sqrt((3.5 / 0.8 * 3.5 / 0.8) + (1 / 12.0)), deviation, 0.03);
        Assert.Equal(Bias, mean, 0.05);
    });

    [Fact]
    public void A_bayer_sensor_sees_most_in_green() => Night.Run(async (observatory, clock) =>
    {
        await observatory.CoverCalibrator.CloseCoverAsync();
        await observatory.CoverCalibrator.CalibratorOnAsync(50);
        await clock.Pass(20);
        using var image = await observatory.Cameras[0].ExposeAsync(clock, 2);
        double Plane(int x, int y) => Enumerable.Range(200, 100).Average(i => (double)image.Pixels<ushort>()[((400 + y) * image.Width) + (2 * i) + x]) - Bias;
        Assert.Equal(0.30 / 0.40, Plane(0, 0) / Plane(1, 0), 0.03);
        Assert.Equal(1, Plane(0, 1) / Plane(1, 0), 0.03);
        Assert.Equal(0.25 / 0.40, Plane(1, 1) / Plane(1, 0), 0.03);
        Assert.Equal(SensorType.RGGB, await observatory.Cameras[0].SensorTypeAsync());
        Assert.Equal(0, await observatory.Cameras[0].BayerOffsetXAsync());
    }, new SimulationOptions { Cameras = [new CameraOptions { Sensor = SensorType.RGGB }] });

    [Fact]
    public void Binning_and_subframes_have_the_dimensions_asked_for_and_the_light_of_their_pixels() => Night.Run(async (observatory, clock) =>
    {
        await observatory.CoverCalibrator.CloseCoverAsync();
        await observatory.CoverCalibrator.CalibratorOnAsync(20);
        await clock.Pass(20);
        var camera = observatory.Cameras[0];
        using var full = await camera.ExposeAsync(clock, 1);
        await camera.SetBinXAsync(2);
        await camera.SetStartXAsync(300);
        await camera.SetStartYAsync(220);
        await camera.SetNumXAsync(40);
        await camera.SetNumYAsync(30);
        using var part = await camera.ExposeAsync(clock, 1);
        Assert.Equal((40, 30), (part.Width, part.Height));
        Assert.Equal(4, (Mean(part, 0, 0, 30) - Bias) / (Mean(full, 600, 440, 60) - Bias), 0.05);
    });

    [Fact]
    public void An_exposure_takes_the_place_of_the_frame_being_read_but_not_of_one_that_collects_light() => Night.Run(async (observatory, clock) =>
    {
        var camera = observatory.Cameras[0];
        await camera.StartExposureAsync(2, false);
        await clock.Pass(1.9);
        Assert.Equal(AlpacaError.InvalidOperation, await Night.ErrorOf(() => camera.StartExposureAsync(1, false)));
        await clock.Pass(0.2);
        Assert.Equal(CameraState.Reading, await camera.CameraStateAsync());
        await camera.StartExposureAsync(3, false);
        Assert.Equal(CameraState.Exposing, await camera.CameraStateAsync());
        await clock.Pass(2.9);
        Assert.False(await camera.ImageReadyAsync());
        await clock.Pass(2);
        Assert.True(await camera.ImageReadyAsync());
        Assert.Equal(3, await camera.LastExposureDurationAsync());
    });

    [Fact]
    public void The_guide_port_moves_a_tracking_mount_and_is_ignored_by_a_parked_one() => Night.Run(async (observatory, clock) =>
    {
        var (camera, telescope) = (observatory.Cameras[0], observatory.Telescope);
        await camera.PulseGuideAsync(GuideDirection.North, 2000);
        Assert.True(await camera.IsPulseGuidingAsync());
        Assert.False(await telescope.IsPulseGuidingAsync());
        await clock.Pass(2.1);
        Assert.False(await camera.IsPulseGuidingAsync());
        await telescope.PointAsync(1, 30);
        await camera.PulseGuideAsync(GuideDirection.South, 4000);
        await clock.Pass(3.9);
        Assert.True(await camera.IsPulseGuidingAsync());
        await clock.Pass(0.2);
        Assert.False(await camera.IsPulseGuidingAsync());
        Assert.Equal(30 - (4 * await telescope.GuideRateDeclinationAsync()), await telescope.DeclinationAsync(), 1e-6);
    });

    [Theory]
    [InlineData(SensorType.Monochrome, AlpacaError.NotImplemented)]
    [InlineData(SensorType.RGGB, AlpacaError.None)]
    [InlineData(SensorType.Color, AlpacaError.None)]
    public void Only_a_monochrome_sensor_has_no_mosaic_offset(SensorType sensor, AlpacaError expected) => Night.Run(
        async (observatory, _) =>
        {
            Assert.Equal(expected, await Night.ErrorOf(() => observatory.Cameras[0].BayerOffsetXAsync()));
            Assert.Equal(expected, await Night.ErrorOf(() => observatory.Cameras[0].BayerOffsetYAsync()));
        },
        new SimulationOptions { Cameras = [new CameraOptions { Sensor = sensor }] });

    private static T WithOneStar<T>(double magnitude, Func<SimulatedObservatory, TimeProvider, Task<T>> scene)
    {
        var stars = new FieldStars();
        T? result = default;
        Night.Run(
            async (observatory, clock) =>
            {
                await OpenAndPointAsync(observatory, clock, 1, 20);
                stars.Stars.Add(new(observatory.TruePointing(clock.GetUtcNow()), magnitude));
                result = await scene(observatory, clock);
            },
            new SimulationOptions { Stars = stars, Mount = new MountOptions { Errors = MountErrors.None }, Focuser = new FocuserOptions { StepsPerDegree = 0 } });
        return result!;
    }

    private static async Task OpenAndPointAsync(SimulatedObservatory observatory, TimeProvider clock, double hourAngle, double declination)
    {
        await observatory.Dome.OpenShutterAsync();
        await observatory.CoverCalibrator.OpenCoverAsync();
        await observatory.Telescope.PointAsync(hourAngle, declination);
        await clock.Pass(30);
    }

    private static Star Brightest(ImageArray image) =>
        StarDetector.Detect(new ImageFrame(image.Pixels<ushort>().ToArray(), image.Width, image.Height)).MaxBy(s => s.Flux)!;

    private static double Median(ImageArray image)
    {
        var pixels = image.Pixels<ushort>().ToArray();
        Array.Sort(pixels);
        return pixels[pixels.Length / 2];
    }

    private static double Mean(ImageArray image, int left, int top, int size)
    {
        var pixels = MemoryMarshal.Cast<byte, ushort>(image.Bytes.Span);
        var sum = 0.0;
        for (var y = top; y < top + size; y++)
        {
            for (var x = left; x < left + size; x++)
                sum += pixels[(y * image.Width) + x];
        }

        return sum / (size * size);
    }
}
