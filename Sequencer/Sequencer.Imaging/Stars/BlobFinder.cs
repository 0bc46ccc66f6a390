using System.Numerics;

namespace Sequencer.Imaging;

/// <summary>Finds the connected groups of pixels (neighbours across edges and corners) above the threshold in one pass over the rows.</summary>
internal sealed class BlobFinder(BackgroundMesh background, double sigmas)
{
    // The sky changes over a mesh cell, not over a row; working it out for every row would take longer than everything else.
    private const int RowsPerLevel = 4;

    private readonly record struct Run(int Start, int End, int Label);

    // Union-find over labels: a label's parent, itself at the root.
    private readonly List<int> _parents = [];
    private readonly List<Blob> _blobs = [];

    public List<Blob> Find(ReadOnlySpan<ushort> pixels, int width, int height)
    {
        var level = new float[width];
        var threshold = new ushort[width];
        List<Run> above = [], current = [];
        for (var y = 0; y < height; y++)
        {
            if (y % RowsPerLevel == 0)
                background.FillRow(y + RowsPerLevel / 2, sigmas, level, threshold);
            current.Clear();
            ScanRow(pixels.Slice(y * width, width), y, level, threshold, above, current);
            (above, current) = (current, above);
        }

        for (var label = 0; label < _blobs.Count; label++)
        {
            var root = Root(label);
            if (root != label)
            {
                var merged = _blobs[root];
                merged.Merge(_blobs[label]);
                _blobs[root] = merged;
            }
        }

        return [.. _blobs.Where((_, label) => _parents[label] == label)];
    }

    private void ScanRow(ReadOnlySpan<ushort> row, int y, float[] level, ushort[] threshold, List<Run> above, List<Run> current)
    {
        var candidate = 0;
        var lanes = Vector<ushort>.Count;
        for (var x = 0; x < row.Length;)
        {
            // Most of a frame is sky: skip it a vector at a time.
            if (x + lanes <= row.Length && !Vector.GreaterThanAny(new Vector<ushort>(row[x..]), new Vector<ushort>(threshold, x)))
            {
                x += lanes;
                continue;
            }

            var stop = Math.Min(x + lanes, row.Length);
            for (; x < stop; x++)
            {
                if (row[x] <= threshold[x])
                    continue;
                var start = x;
                var blob = default(Blob);
                for (; x < row.Length && row[x] > threshold[x]; x++)
                    blob.Add(x, y, row[x] - level[x]);
                current.Add(new Run(start, x - 1, Attach(start, x - 1, blob, above, ref candidate)));
            }
        }
    }

    private int Attach(int start, int end, in Blob blob, List<Run> above, ref int candidate)
    {
        var label = -1;
        while (candidate < above.Count && above[candidate].End < start - 1)
            candidate++;
        for (var i = candidate; i < above.Count && above[i].Start <= end + 1; i++)
        {
            var other = Root(above[i].Label);
            if (label < 0)
            {
                label = other;
            }
            else if (label != other)
            {
                _parents[Math.Max(label, other)] = Math.Min(label, other);
                label = Math.Min(label, other);
            }
        }

        if (label < 0)
        {
            label = _parents.Count;
            _parents.Add(label);
            _blobs.Add(blob);
            return label;
        }

        var merged = _blobs[label];
        merged.Merge(blob);
        _blobs[label] = merged;
        return label;
    }

    private int Root(int label)
    {
        while (_parents[label] != label)
            label = _parents[label] = _parents[_parents[label]];
        return label;
    }
}
