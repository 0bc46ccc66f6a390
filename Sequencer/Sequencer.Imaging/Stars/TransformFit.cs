namespace Sequencer.Imaging;

/// <summary>Least-squares fits of a <see cref="PlaneTransform"/> to pairs of points.</summary>
internal static class TransformFit
{
    /// <summary>Rotation, scale, shift and, if <paramref name="mirrored"/>, reflection. Needs two pairs; null when the points coincide.</summary>
    public static PlaneTransform? Similarity(ReadOnlySpan<PointPair> pairs, bool mirrored)
    {
        if (pairs.Length < 2)
            return null;
        var (fromX, fromY, toX, toY) = Centres(pairs);
        double along = 0, across = 0, norm = 0;
        var sign = mirrored ? -1 : 1;
        foreach (var pair in pairs)
        {
            // A mirror image is a rotation of the points with y reversed.
            double x = pair.FromX - fromX, y = sign * (pair.FromY - fromY), u = pair.ToX - toX, v = pair.ToY - toY;
            along += x * u + y * v;
            across += x * v - y * u;
            norm += x * x + y * y;
        }

        if (norm == 0)
            return null;
        double a = along / norm, b = across / norm;
        double xx = a, xy = -b * sign, yx = b, yy = a * sign;
        return new PlaneTransform(xx, xy, toX - xx * fromX - xy * fromY, yx, yy, toY - yx * fromX - yy * fromY);
    }

    /// <summary>All six parameters. Needs three pairs; null when they lie on a line.</summary>
    public static PlaneTransform? Affine(ReadOnlySpan<PointPair> pairs)
    {
        if (pairs.Length < 3)
            return null;
        var (fromX, fromY, toX, toY) = Centres(pairs);
        double sxx = 0, sxy = 0, syy = 0, sxu = 0, syu = 0, sxv = 0, syv = 0;
        foreach (var pair in pairs)
        {
            double x = pair.FromX - fromX, y = pair.FromY - fromY, u = pair.ToX - toX, v = pair.ToY - toY;
            sxx += x * x;
            sxy += x * y;
            syy += y * y;
            sxu += x * u;
            syu += y * u;
            sxv += x * v;
            syv += y * v;
        }

        var determinant = sxx * syy - sxy * sxy;
        if (determinant <= 1e-9 * sxx * syy)
            return null;
        double xx = (sxu * syy - syu * sxy) / determinant, xy = (syu * sxx - sxu * sxy) / determinant;
        double yx = (sxv * syy - syv * sxy) / determinant, yy = (syv * sxx - sxv * sxy) / determinant;
        return new PlaneTransform(xx, xy, toX - xx * fromX - xy * fromY, yx, yy, toY - yx * fromX - yy * fromY);
    }

    private static (double FromX, double FromY, double ToX, double ToY) Centres(ReadOnlySpan<PointPair> pairs)
    {
        double fromX = 0, fromY = 0, toX = 0, toY = 0;
        foreach (var pair in pairs)
        {
            fromX += pair.FromX;
            fromY += pair.FromY;
            toX += pair.ToX;
            toY += pair.ToY;
        }

        return (fromX / pairs.Length, fromY / pairs.Length, toX / pairs.Length, toY / pairs.Length);
    }
}

/// <summary>A point of one list and its partner in the other.</summary>
internal readonly record struct PointPair(double FromX, double FromY, double ToX, double ToY);
