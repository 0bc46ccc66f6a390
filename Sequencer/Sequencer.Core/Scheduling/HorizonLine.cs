using Sequencer.Core.Configuration;

namespace Sequencer.Core.Scheduling;

/// <summary>The lowest altitude to observe at, for each whole degree of azimuth.</summary>
public sealed class HorizonLine
{
    private readonly double[] _altitudes = new double[360];

    /// <summary>Draws the line.</summary>
    /// <param name="defaultDegrees">Altitude where nothing stands, degrees.</param>
    /// <param name="obstructions">Upper edges, which may also be lower than the default. Where several cover an azimuth the highest counts.</param>
    /// <exception cref="ArgumentException">An obstruction has an <see cref="Objection"/>.</exception>
    public HorizonLine(double defaultDegrees, IReadOnlyList<IReadOnlyList<HorizonPoint>> obstructions)
    {
        ArgumentNullException.ThrowIfNull(obstructions);
        foreach (var obstruction in obstructions)
        {
            if (Objection(obstruction) is { } wrong)
                throw new ArgumentException(wrong, nameof(obstructions));
        }
        for (var azimuth = 0; azimuth < 360; azimuth++)
            _altitudes[azimuth] = obstructions.Select(obstruction => Height(obstruction, azimuth)).Max() ?? defaultDegrees;
    }

    /// <summary>The altitude a target must reach at an azimuth, degrees.</summary>
    public double this[double azimuthDegrees] => _altitudes[(int)Math.Floor(Wrap(azimuthDegrees)) % 360];

    /// <summary>What is wrong with an obstruction, or null.</summary>
    public static string? Objection(IReadOnlyList<HorizonPoint> obstruction)
    {
        ArgumentNullException.ThrowIfNull(obstruction);
        if (obstruction.Count < 2)
            return "an obstruction needs at least two [altitude, azimuth] points";
        if (obstruction.Any(point => !(Math.Abs(point.AltitudeDegrees) <= 90)))
            return "the altitude of an obstruction is between -90 and 90 deg";
        if (obstruction.Any(point => !(Math.Abs(point.AzimuthDegrees) <= 360)))
            return "the azimuth of an obstruction is between -360 and 360 deg";
        var width = 0.0;
        for (var i = 1; i < obstruction.Count; i++)
        {
            var (from, to) = (Wrap(obstruction[i - 1].AzimuthDegrees), Wrap(obstruction[i].AzimuthDegrees));
            // Through north the numbers fall: a short step is clockwise past 360, a long one is counter-clockwise.
            var step = to - from;
            if (step < 0 && step + 360 < 180)
                step += 360;
            if (step <= 0)
                return "the points of an obstruction must go clockwise, by growing azimuth";
            width += step;
        }
        return width < 360 ? null : "an obstruction cannot go round more than once";
    }

    private static double? Height(IReadOnlyList<HorizonPoint> obstruction, double azimuth)
    {
        var start = obstruction[0].AzimuthDegrees;
        var offset = Wrap(azimuth - start);
        for (var i = 1; i < obstruction.Count; i++)
        {
            var (a, b) = (Wrap(obstruction[i - 1].AzimuthDegrees - start), Wrap(obstruction[i].AzimuthDegrees - start));
            if (offset >= a && offset <= b)
                return obstruction[i - 1].AltitudeDegrees + ((obstruction[i].AltitudeDegrees - obstruction[i - 1].AltitudeDegrees) * (offset - a) / (b - a));
        }
        return null;
    }

    private static double Wrap(double degrees)
    {
        var turn = degrees % 360;
        return turn < 0 ? turn + 360 : turn;
    }
}
