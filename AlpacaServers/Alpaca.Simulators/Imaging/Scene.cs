using Alpaca.Astronomy;
using Alpaca.Simulators.Mount;

namespace Alpaca.Simulators.Imaging;

/// <summary>What one camera looked at while a frame was exposed.</summary>
internal sealed class Scene(Observatory observatory, CameraOptions camera)
{
    private const int MostMoments = 128;

    /// <summary>How the camera lay at a time: the tube, turned by the rotator and the sensor's own angle, beside the tube's axis by the boresight.</summary>
    public Orientation ViewAt(DateTimeOffset time)
    {
        var tube = observatory.Tube.Orient(time);
        var right = Degrees.ToRadians(camera.BoresightLeft / 60);
        var above = Degrees.ToRadians(camera.BoresightUp / 60);
        var axis = (tube.Axis + (Math.Tan(right) * tube.Left) + (Math.Tan(above) * tube.Up)).Normalised();
        var up = (tube.Up - (tube.Up.Dot(axis) * axis)).Normalised();
        var left = (tube.Left - (tube.Left.Dot(axis) * axis) - (tube.Left.Dot(up) * up)).Normalised();
        var angle = camera.Rotation + (camera.IsOnMainTrain == true ? observatory.Rotator.AngleAt(time) : 0);
        var (sin, cos) = Math.SinCos(Degrees.ToRadians(angle));
        return new(axis, (cos * up) + (sin * left), (cos * left) - (sin * up));
    }

    /// <summary>The moments that stand for an exposure: equal shares of it, as many as keep a star's steps below half a pixel.</summary>
    /// <param name="began">Start of the exposure.</param>
    /// <param name="seconds">Its duration.</param>
    /// <param name="pixel">Angle of a pixel, degrees.</param>
    public IReadOnlyList<SceneMoment> Moments(DateTimeOffset began, double seconds, double pixel)
    {
        var count = 4;
        while (count < MostMoments && LargestStep(began, seconds, count) > 0.5 * pixel)
            count *= 2;
        return [.. Enumerable.Range(0, count).Select(i => At(began + TimeSpan.FromSeconds(seconds * (i + 0.5) / count)))];
    }

    public SceneMoment At(DateTimeOffset time)
    {
        var view = ViewAt(time);
        var (altitude, azimuth) = view.Axis.ToHorizon();
        var weather = observatory.Weather.At(time);
        var airmass = SkyGlow.Airmass(altitude);
        var cloud = weather.CloudCover / 100;
        return new SceneMoment(
            time,
            view,
            observatory.Enclosure.OpennessTowards(altitude, azimuth, time) * (camera.IsOnMainTrain == true ? observatory.Cover.OpennessAt(time) : 1),
            observatory.Glow.At(altitude, azimuth, time),
            camera.IsOnMainTrain == true ? observatory.Cover.LampMagnitudeAt(time) : double.PositiveInfinity,
            (SkyGlow.Extinction * airmass) + (6 * cloud * cloud),
            weather.Seeing * Math.Pow(airmass, 0.6));
    }

    /// <summary>The filter's transmission while the frame was exposed, and what it asks of the focuser: 1 and 0 for a camera beside the main train.</summary>
    public (double Transmission, double DefocusMicrometres) Train(DateTimeOffset middle)
    {
        if (camera.IsOnMainTrain != true)
            return (1, 0);
        var filter = observatory.Wheel.FilterAt(middle);
        var steps = observatory.Focuser.DefocusAt(middle, filter?.FocusOffset ?? 0);
        return (filter?.Transmission ?? 0, Math.Abs(steps) * observatory.Focuser.StepMicrometres);
    }

    /// <summary>How far a star moves on the sensor between neighbouring moments, at most, degrees.</summary>
    private double LargestStep(DateTimeOffset began, double seconds, int count)
    {
        var largest = 0.0;
        SkyPosition? star = null;
        Vector before = default;
        for (var i = 0; i <= count; i++)
        {
            var time = began + TimeSpan.FromSeconds(seconds * i / count);
            var view = ViewAt(time);
            var transform = SkyTransform.At(observatory.Sky.Site, time);
            var (altitude, azimuth) = view.Axis.ToHorizon();
            star ??= transform.Icrs(HorizontalPosition.FromDegrees(altitude, azimuth), refraction: true);
            var seen = transform.Observed(star.Value, refraction: true);
            var direction = Vector.FromHorizon(seen.Altitude.Degrees, seen.Azimuth.Degrees);
            var onSensor = new Vector(direction.Dot(view.Axis), direction.Dot(view.Up), direction.Dot(view.Left));
            if (i > 0)
                largest = Math.Max(largest, onSensor.AngleTo(before));
            before = onSensor;
        }

        return largest;
    }
}
