namespace Alpaca.Astronomy;

/// <summary>Finds where a smooth function of time passes zero.</summary>
internal static class CrossingSearch
{
    private const long Step = 10 * TimeSpan.TicksPerMinute;
    private const long Precision = TimeSpan.TicksPerSecond / 20;

    /// <summary>The crossing nearest to <paramref name="from"/>, later or earlier, in the direction asked for; null if there is none within the span.</summary>
    public static DateTimeOffset? Next(Func<DateTimeOffset, double> function, bool rising, DateTimeOffset from, TimeSpan within, bool forward)
    {
        var step = forward ? Step : -Step;
        var end = from.UtcTicks + (forward ? within.Ticks : -within.Ticks);
        double Value(long ticks) => function(new DateTimeOffset(ticks, TimeSpan.Zero));

        var (a, b) = (from.UtcTicks - step, from.UtcTicks);
        var (fa, fb) = (Value(a), Value(b));
        while (forward ? b < end : b > end)
        {
            var c = forward ? Math.Min(b + step, end) : Math.Max(b + step, end);
            var fc = Value(c);
            if ((fb < 0) != (fc < 0))
            {
                // Along time, whichever way the search runs.
                if ((forward ? fc > fb : fb > fc) == rising) return Bisect(Value, b, c, fb < 0);
            }
            else if (Math.Abs(fb) <= Math.Abs(fa) && Math.Abs(fb) <= Math.Abs(fc) && (fa < 0) == (fb < 0))
            {
                // A turning point close to zero: the function may pass it twice between two samples.
                var top = Turning(Value, a, c, fb);
                if ((Value(top) < 0) != (fb < 0))
                {
                    var early = Bisect(Value, a, top, fa < 0);
                    var late = Bisect(Value, top, c, fc >= 0);
                    var (first, last) = early <= late ? (early, late) : (late, early);
                    var found = fb < 0 == rising ? first : last;
                    if (forward ? found >= from : found <= from) return found;
                }
            }
            (a, b, fa, fb) = (b, c, fb, fc);
        }
        return null;
    }

    private static DateTimeOffset Bisect(Func<long, double> value, long a, long b, bool negativeAtA)
    {
        while (Math.Abs(b - a) > Precision)
        {
            var middle = a + ((b - a) / 2);
            if ((value(middle) < 0) == negativeAtA) a = middle;
            else b = middle;
        }
        return new DateTimeOffset(a + ((b - a) / 2), TimeSpan.Zero);
    }

    /// <summary>Where between a and c the function, of one sign there, comes nearest to zero or beyond (golden section).</summary>
    private static long Turning(Func<long, double> value, long a, long c, double inside)
    {
        var sign = inside < 0 ? 1 : -1;
        const double golden = 0.6180339887498949;
        var (low, high) = ((double)Math.Min(a, c), (double)Math.Max(a, c));
        while (high - low > Precision)
        {
            var (left, right) = (high - (golden * (high - low)), low + (golden * (high - low)));
            if (sign * value((long)left) > sign * value((long)right)) high = right;
            else low = left;
        }
        return (long)((low + high) / 2);
    }
}
