namespace Sequencer.Imaging;

/// <summary>Points sorted into square cells, for the nearest one within a small distance.</summary>
internal sealed class PointGrid
{
    private readonly (double X, double Y)[] _points;
    private readonly Dictionary<(int, int), List<int>> _cells = [];
    private readonly double _cell;

    public PointGrid((double X, double Y)[] points, double reach)
    {
        _points = points;
        _cell = reach;
        for (var i = 0; i < points.Length; i++)
        {
            var key = Key(points[i].X, points[i].Y);
            if (!_cells.TryGetValue(key, out var list))
                _cells[key] = list = [];
            list.Add(i);
        }
    }

    /// <summary>Index of the nearest point not farther than <paramref name="limit"/> (at most the reach), or -1.</summary>
    public int Nearest(double x, double y, double limit)
    {
        var (column, row) = Key(x, y);
        var best = -1;
        var least = limit * limit;
        for (var dx = -1; dx <= 1; dx++)
        {
            for (var dy = -1; dy <= 1; dy++)
            {
                if (!_cells.TryGetValue((column + dx, row + dy), out var list))
                    continue;
                foreach (var i in list)
                {
                    var distance = (_points[i].X - x) * (_points[i].X - x) + (_points[i].Y - y) * (_points[i].Y - y);
                    if (distance <= least)
                        (best, least) = (i, distance);
                }
            }
        }

        return best;
    }

    private (int, int) Key(double x, double y) => ((int)Math.Floor(x / _cell), (int)Math.Floor(y / _cell));
}
