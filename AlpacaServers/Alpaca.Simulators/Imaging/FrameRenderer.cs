using System.Buffers;
using Alpaca.Astronomy;
using Alpaca.Contract;
using Alpaca.Simulators.Mount;

namespace Alpaca.Simulators.Imaging;

/// <summary>
/// Makes a frame: the stars that were in the field through the optics, the glow of the sky, and what the sensor makes of it.
/// </summary>
/// <remarks>
/// Geometry: gnomonic, about the camera's axis. Row 0 is the picture's top, column 0 its left, as the sky looks to the eye through a refractor: with the
/// picture's up to the north, columns grow to the west and rows to the south. Written row by row into FITS, whose first row counts as the bottom, such a
/// picture is flipped (its WCS has a positive determinant), as with every real camera that reads top down (ROWORDER = 'TOP-DOWN').
/// </remarks>
internal sealed class FrameRenderer
{
    /// <summary>Photons of a star of magnitude 0 above the atmosphere, per second and square centimetre, 400 to 700 nm (about 1000 per Angstrom).</summary>
    private const double PhotonsOfMagnitudeZero = 3e6;

    /// <summary>From full width at half maximum to standard deviation.</summary>
    private const double SigmaPerWidth = 1 / 2.354820045;

    private readonly CameraOptions _camera;
    private readonly Scene _scene;
    private readonly SimulatedSky _sky;
    private readonly IStarSource? _stars;
    private readonly Observatory _observatory;
    private readonly SensorReadout _sensor;

    public FrameRenderer(CameraOptions camera, Observatory observatory, IStarSource? stars, long seed)
    {
        (_camera, _stars, _sky, _observatory) = (camera, stars, observatory.Sky, observatory);
        _scene = new Scene(observatory, camera);
        _sensor = new SensorReadout(camera, seed);
    }

    private double FocalLength => _camera.FocalLength ?? _observatory.Mount.Options.FocalLength;

    private double Aperture => _camera.Aperture ?? _observatory.Mount.Options.Aperture;

    /// <summary>Pixels per unit of the tangent plane.</summary>
    private double Scale => FocalLength * 1000 / _camera.PixelSize;

    /// <summary>Electrons per second of a star of magnitude 0.</summary>
    private double ZeroPoint => PhotonsOfMagnitudeZero * Math.PI / 400 * Aperture * Aperture * _camera.Throughput;

    /// <summary>Electrons per count at a gain.</summary>
    public static double ElectronsPerCount(CameraOptions camera, int gain) => camera.ElectronsPerCount * Math.Pow(10, -gain / 200.0);

    /// <summary>The ICRS place that the middle of the sensor saw at a time.</summary>
    public SkyPosition CentreAt(DateTimeOffset time)
    {
        var (altitude, azimuth) = _scene.ViewAt(time).Axis.ToHorizon();
        return SkyTransform.At(_sky.Site, time).Icrs(HorizontalPosition.FromDegrees(altitude, azimuth), refraction: true);
    }

    /// <summary>Where a star's light fell at a time: column and row of the whole unbinned sensor, 0 in the middle of the first pixel; null if it is behind the camera.</summary>
    public (double X, double Y)? PixelOf(SkyPosition star, DateTimeOffset time)
    {
        var seen = SkyTransform.At(_sky.Site, time).Observed(star, refraction: true);
        return Project(_scene.ViewAt(time), Vector.FromHorizon(seen.Altitude.Degrees, seen.Azimuth.Degrees));
    }

    public ImageArray Render(FramePlan plan)
    {
        var window = plan.Window;
        var pixels = window.Width * window.Height;
        var light = ArrayPool<float>.Shared.Rent(pixels);
        try
        {
            var frame = light.AsSpan(0, pixels);
            frame.Clear();
            var glow = plan.Light ? Expose(plan, frame) : 0;
            return _sensor.Read(plan, light, (float)glow);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(light);
        }
    }

    /// <summary>Paints the stars; returns the electrons per pixel of sky and lamp in the middle of the field.</summary>
    private double Expose(FramePlan plan, Span<float> frame)
    {
        var pixel = Degrees.FromRadians(1 / Scale);
        var middle = plan.Began + TimeSpan.FromSeconds(plan.Duration / 2);
        var (transmission, defocus) = _scene.Train(middle);
        if (transmission == 0 || plan.Duration == 0)
            return 0;
        var moments = _scene.Moments(plan.Began, plan.Duration, pixel);
        var perMoment = ZeroPoint * transmission * plan.Duration / moments.Count;
        var blur = defocus / (FocalLength / Aperture) / _camera.PixelSize / 2;
        if (_stars is not null && moments.Any(m => m.Openness > 0))
            PaintStars(plan, frame, moments, perMoment, blur, pixel);
        var squareArcseconds = pixel * 3600 * pixel * 3600;
        return moments.Sum(m => perMoment * squareArcseconds
            * ((m.Openness * Math.Pow(10, -0.4 * m.SkyMagnitude)) + Math.Pow(10, -0.4 * m.LampMagnitude)));
    }

    private void PaintStars(FramePlan plan, Span<float> frame, IReadOnlyList<SceneMoment> moments, double perMoment, double blur, double pixel)
    {
        var window = plan.Window;
        var field = FieldOf(moments, out var radius);
        var stars = _stars!.Within(field, radius);
        var positions = stars.Select(s => s.Position).ToArray();
        var seen = new HorizontalPosition[positions.Length];
        var painter = new StarPainter(frame, window.Width, window.Height);
        foreach (var moment in moments)
        {
            if (moment.Openness == 0)
                continue;
            SkyTransform.At(_sky.Site, moment.Time).Observed(positions, seen, refraction: true);
            var width = Math.Sqrt((moment.Seeing * moment.Seeing) + (_camera.OpticalBlur * _camera.OpticalBlur));
            var sigma = width / 3600 / pixel * SigmaPerWidth;
            var brightness = perMoment * moment.Openness * Math.Pow(10, -0.4 * moment.Dimming);
            for (var i = 0; i < positions.Length; i++)
            {
                var direction = Vector.FromHorizon(seen[i].Altitude.Degrees, seen[i].Azimuth.Degrees);
                if (direction.Z <= 0 || Project(moment.View, direction) is not var (x, y))
                    continue;
                var electrons = brightness * Math.Pow(10, -0.4 * stars[i].Magnitude) * _sensor.VignettingAt(x, y);
                painter.Paint(x - window.Left, y - window.Top, electrons, sigma, blur);
            }
        }
    }

    /// <summary>A circle on the sky that holds everything the sensor saw, trails and all.</summary>
    private SkyPosition FieldOf(IReadOnlyList<SceneMoment> moments, out Angle radius)
    {
        var centres = moments.Select(m =>
        {
            var (altitude, azimuth) = m.View.Axis.ToHorizon();
            return SkyTransform.At(_sky.Site, m.Time).Icrs(HorizontalPosition.FromDegrees(altitude, azimuth), refraction: true);
        }).ToArray();
        var centre = centres[centres.Length / 2];
        var corner = Math.Atan(0.5 * Math.Sqrt((_camera.Width * (double)_camera.Width) + (_camera.Height * (double)_camera.Height)) / Scale);
        radius = Angle.FromRadians(corner * 1.05) + Angle.FromDegrees(0.02) + Angle.FromRadians(centres.Max(c => c.Separation(centre).Radians));
        return centre;
    }

    private (double X, double Y)? Project(Orientation view, Vector direction)
    {
        var depth = direction.Dot(view.Axis);
        if (depth <= 0.1)
            return null;
        var left = Scale * direction.Dot(view.Left) / depth;
        var up = Scale * direction.Dot(view.Up) / depth;
        return (((_camera.Width - 1) / 2.0) + (_camera.IsMirrored ? left : -left), ((_camera.Height - 1) / 2.0) - up);
    }
}
