using Alpaca.Contract;

namespace Alpaca.Simulators.Imaging;

/// <summary>
/// What the sensor makes of the light: vignetting, dark current, hot pixels, colour filters, binning, full well, shot and read noise, gain, bias and
/// the limits of its converter. The noise of a frame depends on the seed and the frame's number only.
/// </summary>
internal sealed class SensorReadout
{
    private const double CountsPerOffset = 10;

    /// <summary>Shares of white light that the red, green and blue filters of a colour sensor pass.</summary>
    private static readonly float[] ColourFilters = [0.30f, 0.40f, 0.25f];

    private readonly CameraOptions _camera;
    private readonly SeededNoise _noise;
    private readonly (int X, int Y, float Rate)[] _hot;

    public SensorReadout(CameraOptions camera, long seed)
    {
        _camera = camera;
        _noise = new SeededNoise(seed, "frames");
        var places = new SeededNoise(seed, "hot pixels");
        _hot = [.. Enumerable.Range(0, (int)(camera.Width * (double)camera.Height * camera.HotPixels)).Select(i => (
            (int)(places.Uniform(3L * i) * camera.Width),
            (int)(places.Uniform((3L * i) + 1) * camera.Height),
            (float)(20 * Math.Exp(3 * places.Uniform((3L * i) + 2)))))];
    }

    /// <summary>Light that arrives at a place of the unbinned sensor, as a share of that in the middle.</summary>
    public double VignettingAt(double x, double y)
    {
        var (dx, dy) = (x - ((_camera.Width - 1) / 2.0), y - ((_camera.Height - 1) / 2.0));
        return Math.Max(0, 1 - (CornerLoss * ((dx * dx) + (dy * dy))));
    }

    /// <summary>Loss of light per square pixel from the middle.</summary>
    private double CornerLoss => 4 * _camera.Vignetting / ((_camera.Width * (double)_camera.Width) + (_camera.Height * (double)_camera.Height));

    /// <summary>Reads a frame.</summary>
    /// <param name="plan">What was asked for.</param>
    /// <param name="stars">Electrons of the stars, per unbinned pixel of the window.</param>
    /// <param name="glow">Electrons of the even light of sky and lamp, per unbinned pixel in the middle of the sensor.</param>
    public ImageArray Read(FramePlan plan, float[] stars, float glow)
    {
        var window = plan.Window;
        var dark = plan.Duration * _camera.DarkCurrent * Math.Pow(2, (plan.SensorTemperature - 20) / 6.3);
        foreach (var (x, y, rate) in _hot)
        {
            var (column, row) = (x - window.Left, y - window.Top);
            if (column >= 0 && column < window.Width && row >= 0 && row < window.Height)
                stars[(row * window.Width) + column] += rate * (float)dark;
        }

        var planes = _camera.Sensor == SensorType.Color ? 3 : 1;
        var frame = new Frame(plan, stars, glow, (float)dark, planes);
        return ImageArray.Create<ushort, (SensorReadout, Frame)>(window.NumX, window.NumY, planes, (this, frame), static (pixels, s) => s.Item1.Convert(s.Item2, pixels));
    }

    private void Convert(Frame frame, Span<ushort> pixels)
    {
        var window = frame.Plan.Window;
        var readNoise = (float)(_camera.ReadNoise * _camera.ReadNoise);
        var toCounts = (float)(1 / FrameRenderer.ElectronsPerCount(_camera, frame.Plan.Gain));
        var bias = (float)(frame.Plan.Offset * CountsPerOffset);
        var fullWell = (float)(_camera.FullWell * window.BinX * window.BinY);
        var key = _noise.For(frame.Plan.Number).Key;
        var line = new float[window.NumX * frame.Planes];
        var index = 0;
        for (var row = 0; row < window.NumY; row++)
        {
            Gather(frame, row, line);
            var target = pixels.Slice(row * line.Length, line.Length);
            for (var i = 0; i < line.Length; i++, index++)
            {
                var electrons = Math.Min(line[i], fullWell);
                electrons += GaussianTable.Normal(key, (uint)index) * MathF.Sqrt(electrons + readNoise);
                target[i] = (ushort)Math.Clamp((electrons * toCounts) + bias + 0.5f, 0, ushort.MaxValue);
            }
        }
    }

    /// <summary>Adds up the expected electrons of one row of binned pixels.</summary>
    private void Gather(Frame frame, int row, Span<float> line)
    {
        var window = frame.Plan.Window;
        line.Clear();
        var loss = (float)CornerLoss;
        var middle = (_camera.Width - 1) / 2f;
        for (var y = row * window.BinY; y < (row + 1) * window.BinY; y++)
        {
            var dy = window.Top + y - ((_camera.Height - 1) / 2f);
            var source = frame.Light.AsSpan(y * window.Width, window.Width);
            if (window.BinX == 1 && _camera.Sensor == SensorType.Monochrome)
            {
                for (var x = 0; x < line.Length; x++)
                {
                    var dx = window.Left + x - middle;
                    line[x] += source[x] + (frame.Glow * (1 - (loss * ((dx * dx) + (dy * dy))))) + frame.Dark;
                }

                continue;
            }

            for (var x = 0; x < source.Length; x++)
            {
                var dx = window.Left + x - middle;
                var light = source[x] + (frame.Glow * (1 - (loss * ((dx * dx) + (dy * dy)))));
                var column = x / window.BinX;
                if (_camera.Sensor == SensorType.Color)
                {
                    for (var plane = 0; plane < 3; plane++)
                        line[(column * 3) + plane] += (light * ColourFilters[plane]) + frame.Dark;
                    continue;
                }

                line[column] += (light * FilterAt(window.Left + x, window.Top + y)) + frame.Dark;
            }
        }
    }

    /// <summary>The colour filter over a pixel of the sensor: red, green; green, blue.</summary>
    private float FilterAt(int x, int y) => _camera.Sensor == SensorType.RGGB ? ColourFilters[(x & 1) + (y & 1)] : 1;

    private sealed record Frame(FramePlan Plan, float[] Light, float Glow, float Dark, int Planes);
}
