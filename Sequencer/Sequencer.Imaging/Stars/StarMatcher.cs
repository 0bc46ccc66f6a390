namespace Sequencer.Imaging;

/// <summary>
/// Finds the transform between two lists of star positions without knowing which star is which. Similar triangles vote for pairs of
/// stars; transforms made from the pairs with most votes are tried on all stars; the best is refined by least squares, and
/// believed only if chance would not produce as many coincidences. Deterministic; a few tens of milliseconds whatever the input.
/// </summary>
public static class StarMatcher
{
    private const int PairsTried = 24;
    private const int RefineRounds = 12;
    private const int CandidatesRefined = 4;

    // Natural logarithm of the probability of a coincidence above which a match is not believed, over all transforms tried.
    private const double MaxLogChance = -18;

    /// <summary>Matches two lists, each sorted by brightness (brightest first). Null when nothing can be believed.</summary>
    public static StarMatch? Match(IReadOnlyList<(double X, double Y)> first, IReadOnlyList<(double X, double Y)> second, MatchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options ??= MatchOptions.Default;
        if (first.Count < options.MinMatches || second.Count < options.MinMatches)
            return null;

        (double X, double Y)[] from = [.. first], to = [.. second];
        var grid = new PointGrid(to, options.Tolerance);
        TriangleIndex fromTriangles = new(from.AsSpan(0, Math.Min(options.MaxStars, from.Length)));
        TriangleIndex toTriangles = new(to.AsSpan(0, Math.Min(options.MaxStars, to.Length)));

        var best = Try(false);
        if (options.Mirror == MirrorRule.Either && Try(true) is { } mirrored && (best is null || mirrored.Pairs.Count > best.Pairs.Count))
            best = mirrored;
        return best;

        StarMatch? Try(bool isMirrored)
        {
            var candidates = Votes(fromTriangles, toTriangles, from.Length, to.Length, isMirrored, options);
            return Best(from, to, grid, candidates, isMirrored, options);
        }
    }

    // The pairs of stars that most triangles agree on.
    private static List<(int First, int Second)> Votes(
        TriangleIndex from, TriangleIndex to, int fromCount, int toCount, bool mirrored, MatchOptions options)
    {
        int rows = Math.Min(options.MaxStars, fromCount), columns = Math.Min(options.MaxStars, toCount);
        var votes = new int[rows * columns];
        foreach (ref readonly var triangle in from.All())
        {
            // A third of the tolerance is what a good centroid is off; on a short side it changes the ratios more.
            var tolerance = Math.Clamp(options.Tolerance / 3 / triangle.Longest, 0.001, 0.006);
            to.Near(triangle, tolerance, (mine, other) =>
            {
                var scale = other.Longest / mine.Longest;
                if (mine.IsCounterClockwise == other.IsCounterClockwise == mirrored || scale < options.MinScale || scale > options.MaxScale)
                    return;
                votes[mine.A * columns + other.A]++;
                votes[mine.B * columns + other.B]++;
                votes[mine.C * columns + other.C]++;
            });
        }

        return [.. Enumerable.Range(0, votes.Length)
            .Where(i => votes[i] > 1)
            .OrderByDescending(i => votes[i])
            .ThenBy(i => i)
            .Take(PairsTried)
            .Select(i => (i / columns, i % columns))];
    }

    private static StarMatch? Best(
        (double X, double Y)[] from, (double X, double Y)[] to, PointGrid grid, List<(int First, int Second)> candidates, bool mirrored, MatchOptions options)
    {
        var tried = new List<(PlaneTransform Transform, int Inliers)>();
        for (var i = 0; i < candidates.Count; i++)
        {
            for (var j = i + 1; j < candidates.Count; j++)
            {
                var (a, b) = (candidates[i], candidates[j]);
                if (a.First == b.First || a.Second == b.Second)
                    continue;
                PointPair[] pairs = [Pair(from, to, a), Pair(from, to, b)];
                if (TransformFit.Similarity(pairs, mirrored) is { } transform && transform.Scale >= options.MinScale && transform.Scale <= options.MaxScale)
                    tried.Add((transform, Assign(from, to, grid, transform, options.Tolerance).Count));
            }
        }

        return tried
            .OrderByDescending(candidate => candidate.Inliers)
            .Take(CandidatesRefined)
            .Select(candidate => Refine(from, to, grid, candidate.Transform, mirrored, options))
            .Where(match => match is not null)
            .MaxBy(match => match!.Pairs.Count);
    }

    private static StarMatch? Refine(
        (double X, double Y)[] from, (double X, double Y)[] to, PointGrid grid, PlaneTransform transform, bool mirrored, MatchOptions options)
    {
        var limit = options.Tolerance;
        List<(int First, int Second)> pairs = [];
        var rms = 0.0;
        for (var round = 0; round < RefineRounds; round++)
        {
            pairs = Assign(from, to, grid, transform, limit);
            if (pairs.Count < options.MinMatches)
                return null;
            PointPair[] points = [.. pairs.Select(pair => Pair(from, to, pair))];
            // Six parameters from a handful of pairs would follow their errors.
            var fit = options.Affine && points.Length >= 8 && round > 1 ? TransformFit.Affine(points) : TransformFit.Similarity(points, mirrored);
            if (fit is null)
                return null;
            transform = fit.Value;
            rms = Rms(points, transform);
            limit = Math.Clamp(4 * rms, options.Tolerance / 10, options.Tolerance);
        }

        var isBelieved = transform.Scale >= options.MinScale && transform.Scale <= options.MaxScale
            && LogChance(from, to, transform, options.Tolerance, pairs.Count) < MaxLogChance;
        return isBelieved ? new StarMatch(transform, pairs, rms) : null;
    }

    // Each star takes its nearest partner; a partner wanted twice goes to the nearer.
    private static List<(int First, int Second)> Assign(
        (double X, double Y)[] from, (double X, double Y)[] to, PointGrid grid, PlaneTransform transform, double limit)
    {
        var taken = new Dictionary<int, (int First, double Distance)>();
        for (var i = 0; i < from.Length; i++)
        {
            var (x, y) = transform.Apply(from[i].X, from[i].Y);
            var nearest = grid.Nearest(x, y, limit);
            if (nearest < 0)
                continue;
            var distance = Math.Pow(to[nearest].X - x, 2) + Math.Pow(to[nearest].Y - y, 2);
            if (!taken.TryGetValue(nearest, out var other) || distance < other.Distance)
                taken[nearest] = (i, distance);
        }

        return [.. taken.Select(entry => (entry.Value.First, entry.Key)).OrderBy(pair => pair.First)];
    }

    // Two pairs fix the transform; the probability that chance alone adds the others follows Poisson's law.
    private static double LogChance(
        (double X, double Y)[] from, (double X, double Y)[] to, PlaneTransform transform, double tolerance, int matched)
    {
        var inside = 0;
        double left = to.Min(p => p.X), right = to.Max(p => p.X), bottom = to.Min(p => p.Y), top = to.Max(p => p.Y);
        foreach (var (px, py) in from)
        {
            var (x, y) = transform.Apply(px, py);
            if (x >= left && x <= right && y >= bottom && y <= top)
                inside++;
        }

        var area = Math.Max(1, (right - left) * (top - bottom));
        var expected = Math.Max(1e-6, inside * to.Length * Math.PI * tolerance * tolerance / area);
        var extra = matched - 2;
        if (extra <= expected)
            return 0;
        // Above the mean the first term of the tail dominates it.
        var log = extra * Math.Log(expected) - expected;
        for (var n = 2; n <= extra; n++)
            log -= Math.Log(n);
        return log;
    }

    private static PointPair Pair((double X, double Y)[] from, (double X, double Y)[] to, (int First, int Second) pair) =>
        new(from[pair.First].X, from[pair.First].Y, to[pair.Second].X, to[pair.Second].Y);

    private static double Rms(PointPair[] pairs, PlaneTransform transform)
    {
        double sum = 0;
        foreach (var pair in pairs)
        {
            var (x, y) = transform.Apply(pair.FromX, pair.FromY);
            sum += (x - pair.ToX) * (x - pair.ToX) + (y - pair.ToY) * (y - pair.ToY);
        }

        return Math.Sqrt(sum / pairs.Length);
    }
}
