namespace Sequencer.Imaging;

/// <summary>Sky level and noise over a frame: clipped medians of square cells, smoothed, interpolated linearly between the cells' centres.</summary>
internal sealed class BackgroundMesh
{
    private const int SampleTarget = 400;

    // A cell that differs from its neighbours by more sigmas than this was lifted by a bright star. Less is a gradient and is kept: at the
    // edge, with neighbours on one side only, a median would bend it.
    private const float MaxStep = 3;
    private readonly int _cell;
    private readonly int _columns;
    private readonly int _rows;
    private readonly float[] _level;
    private readonly float[] _noise;

    public BackgroundMesh(ReadOnlySpan<ushort> pixels, int width, int height, int cell)
    {
        _cell = cell;
        _columns = (width + cell - 1) / cell;
        _rows = (height + cell - 1) / cell;
        var level = new float[_columns * _rows];
        var noise = new float[level.Length];
        var samples = new ushort[cell * cell];
        // An odd step, so that on a colour mosaic all colours are sampled.
        var step = Math.Max(1, (int)Math.Sqrt(cell * cell / (double)SampleTarget)) | 1;
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var count = 0;
                for (var y = row * cell; y < Math.Min(height, (row + 1) * cell); y += step)
                {
                    for (var x = column * cell; x < Math.Min(width, (column + 1) * cell); x += step)
                        samples[count++] = pixels[y * width + x];
                }

                (level[row * _columns + column], noise[row * _columns + column]) = Sky(samples.AsSpan(0, count));
            }
        }

        _noise = Smoothed(noise, noise, 0);
        _level = Smoothed(level, _noise, MaxStep);
    }

    /// <summary>Fills one row with the sky level and with the level a pixel must exceed to stand out by <paramref name="sigmas"/>.</summary>
    public void FillRow(int y, double sigmas, Span<float> level, Span<ushort> threshold)
    {
        Span<float> levels = stackalloc float[_columns], noises = stackalloc float[_columns];
        Blend(_level, y, levels);
        Blend(_noise, y, noises);
        for (var x = 0; x < level.Length;)
        {
            var (column, _) = Cell(x, _columns);
            var next = Math.Min(column + 1, _columns - 1);
            // Up to where the right neighbour's centre takes over.
            var end = next == column ? level.Length : Math.Min(level.Length, (int)Math.Ceiling((column + 1.5f) * _cell - 0.5f));
            end = Math.Max(end, x + 1);
            float rise = levels[next] - levels[column], spreadRise = noises[next] - noises[column], reach = (float)sigmas;
            for (; x < end; x++)
            {
                var weight = Math.Clamp((x + 0.5f) / _cell - 0.5f - column, 0, 1);
                level[x] = levels[column] + weight * rise;
                threshold[x] = (ushort)Math.Clamp(level[x] + reach * (noises[column] + weight * spreadRise), 0, 65535);
            }
        }
    }

    /// <summary>Sky level and noise at one pixel.</summary>
    public (float Level, float Noise) At(double x, double y) => (Interpolate(_level, x, y), Interpolate(_noise, x, y));

    private float Interpolate(float[] mesh, double x, double y)
    {
        var (column, right) = Cell(x, _columns);
        var (row, below) = Cell(y, _rows);
        int nextColumn = Math.Min(column + 1, _columns - 1), nextRow = Math.Min(row + 1, _rows - 1);
        var top = mesh[row * _columns + column] * (1 - right) + mesh[row * _columns + nextColumn] * right;
        var bottom = mesh[nextRow * _columns + column] * (1 - right) + mesh[nextRow * _columns + nextColumn] * right;
        return top * (1 - below) + bottom * below;
    }

    private void Blend(float[] mesh, int y, Span<float> line)
    {
        var (row, weight) = Cell(y, _rows);
        var next = Math.Min(row + 1, _rows - 1);
        for (var column = 0; column < _columns; column++)
            line[column] = mesh[row * _columns + column] * (1 - weight) + mesh[next * _columns + column] * weight;
    }

    // The cell whose centre lies before a coordinate, and how far towards the next centre the coordinate is.
    private (int Cell, float Weight) Cell(double coordinate, int count)
    {
        var position = (coordinate + 0.5) / _cell - 0.5;
        var index = Math.Clamp((int)Math.Floor(position), 0, count - 1);
        return (index, (float)Math.Clamp(position - index, 0, 1));
    }

    private static (float Level, float Noise) Sky(Span<ushort> samples)
    {
        samples.Sort();
        var kept = samples;
        double median = 0, noise = 0;
        for (var round = 0; round < 3; round++)
        {
            median = Middle(kept);
            // Half the distance between the quartiles equals the MAD of a symmetric distribution and needs no second sort.
            var spread = (kept[(int)(kept.Length * 0.75)] - kept[kept.Length / 4]) / 2.0;
            noise = Math.Max(ImageStatistics.MadToSigma * spread, 0.5);
            var high = FirstAbove(kept, median + 3 * noise);
            var low = FirstAbove(kept, median - 3 * noise - 1);
            if (low == 0 && high == kept.Length || high <= low)
                break;
            kept = kept[low..high];
        }

        // The mean of what is left resolves fractions of a count, the median of whole numbers does not.
        double sum = 0;
        foreach (var value in kept)
            sum += value;
        return (kept.IsEmpty ? (float)median : (float)(sum / kept.Length), (float)noise);
    }

    private static double Middle(ReadOnlySpan<ushort> sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;

    private static int FirstAbove(ReadOnlySpan<ushort> sorted, double limit)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] > limit)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    // Replaces cells by the median of the cells around where they differ from it by more than so many sigmas.
    private float[] Smoothed(float[] mesh, float[] noise, float sigmas)
    {
        var smooth = new float[mesh.Length];
        Span<float> around = stackalloc float[9];
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var count = 0;
                for (var y = Math.Max(0, row - 1); y <= Math.Min(_rows - 1, row + 1); y++)
                {
                    for (var x = Math.Max(0, column - 1); x <= Math.Min(_columns - 1, column + 1); x++)
                        around[count++] = mesh[y * _columns + x];
                }

                around[..count].Sort();
                var cell = row * _columns + column;
                var median = around[count / 2];
                smooth[cell] = Math.Abs(mesh[cell] - median) > sigmas * noise[cell] ? median : mesh[cell];
            }
        }

        return smooth;
    }
}
