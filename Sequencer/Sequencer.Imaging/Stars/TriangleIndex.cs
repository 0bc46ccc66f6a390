namespace Sequencer.Imaging;

/// <summary>A triangle of stars described by what rotation, scale and shift leave alone: the ratios of its sides and its handedness.</summary>
/// <param name="A">Index of the star opposite the longest side.</param>
/// <param name="B">Index of the star opposite the middle side.</param>
/// <param name="C">Index of the star opposite the shortest side.</param>
/// <param name="Longest">Length of the longest side.</param>
/// <param name="Middle">Middle side over longest side.</param>
/// <param name="Shortest">Shortest side over longest side.</param>
/// <param name="IsCounterClockwise">Sense of A, B, C.</param>
internal readonly record struct Triangle(int A, int B, int C, double Longest, double Middle, double Shortest, bool IsCounterClockwise);

/// <summary>All useful triangles of a list, sorted into cells by their side ratios.</summary>
internal sealed class TriangleIndex
{
    private const int Cells = 128;
    private const double LeastShortest = 0.1;

    // Sides this close to each other could change places by the stars' errors.
    private const double LeastDifference = 0.02;

    private readonly Triangle[] _sorted;
    private readonly int[] _starts = new int[Cells * Cells + 1];

    public TriangleIndex(ReadOnlySpan<(double X, double Y)> stars)
    {
        var triangles = All(stars);
        foreach (var triangle in triangles)
            _starts[CellOf(triangle.Middle, triangle.Shortest) + 1]++;
        for (var i = 0; i < Cells * Cells; i++)
            _starts[i + 1] += _starts[i];
        var next = _starts.AsSpan(0, Cells * Cells).ToArray();
        _sorted = new Triangle[triangles.Count];
        foreach (var triangle in triangles)
            _sorted[next[CellOf(triangle.Middle, triangle.Shortest)]++] = triangle;
    }

    public ReadOnlySpan<Triangle> All() => _sorted;

    /// <summary>Calls <paramref name="found"/> for every triangle whose ratios differ by no more than <paramref name="tolerance"/>.</summary>
    public void Near(in Triangle other, double tolerance, Action<Triangle, Triangle> found)
    {
        int left = Coordinate(other.Middle - tolerance), right = Coordinate(other.Middle + tolerance);
        int bottom = Coordinate(other.Shortest - tolerance), top = Coordinate(other.Shortest + tolerance);
        for (var x = left; x <= right; x++)
        {
            for (var i = _starts[x * Cells + bottom]; i < _starts[x * Cells + top + 1]; i++)
            {
                ref readonly var candidate = ref _sorted[i];
                if (Math.Abs(candidate.Middle - other.Middle) <= tolerance && Math.Abs(candidate.Shortest - other.Shortest) <= tolerance)
                    found(other, candidate);
            }
        }
    }

    private static List<Triangle> All(ReadOnlySpan<(double X, double Y)> stars)
    {
        var triangles = new List<Triangle>();
        for (var i = 0; i < stars.Length; i++)
        {
            for (var j = i + 1; j < stars.Length; j++)
            {
                for (var k = j + 1; k < stars.Length; k++)
                {
                    if (Describe(stars, i, j, k) is { } triangle)
                        triangles.Add(triangle);
                }
            }
        }

        return triangles;
    }

    private static Triangle? Describe(ReadOnlySpan<(double X, double Y)> stars, int i, int j, int k)
    {
        (int Star, double Side) a = (i, Distance(stars[j], stars[k])), b = (j, Distance(stars[i], stars[k])), c = (k, Distance(stars[i], stars[j]));
        if (a.Side < b.Side)
            (a, b) = (b, a);
        if (b.Side < c.Side)
            (b, c) = (c, b);
        if (a.Side < b.Side)
            (a, b) = (b, a);
        double middle = b.Side / a.Side, shortest = c.Side / a.Side;
        if (!(shortest > LeastShortest) || middle > 1 - LeastDifference || middle - shortest < LeastDifference)
            return null;

        var (ax, ay) = stars[a.Star];
        var (bx, by) = stars[b.Star];
        var (cx, cy) = stars[c.Star];
        var turn = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        return new Triangle(a.Star, b.Star, c.Star, a.Side, middle, shortest, turn > 0);
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));

    private static int CellOf(double middle, double shortest) => Coordinate(middle) * Cells + Coordinate(shortest);

    private static int Coordinate(double ratio) => Math.Clamp((int)(ratio * Cells), 0, Cells - 1);
}
