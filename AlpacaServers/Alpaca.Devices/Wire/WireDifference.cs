namespace Alpaca.Devices.Wire;

/// <summary>What two recordings have that the other has not, apart from the times.</summary>
public static class WireDifference
{
    /// <summary>Recordings that differ in more lines are simply different.</summary>
    private const int MostDifferences = 2000;

    /// <summary>What was said in both, in one order: <c>'-'</c> only in the first, <c>'+'</c> only in the second, <c>' '</c> in both.</summary>
    /// <exception cref="InvalidOperationException">They have hardly anything in common.</exception>
    public static IReadOnlyList<(char Side, WireEntry Entry)> Compare(WireRecording first, WireRecording second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        WireEntry[] a = [.. Said(first)], b = [.. Said(second)];
        var furthest = new List<Dictionary<int, int>>();
        var reach = new Dictionary<int, int> { [1] = 0 };

        // Myers' greedy walk: after d differences, how far along each diagonal both can be followed.
        for (var d = 0; d <= Math.Min(MostDifferences, a.Length + b.Length); d++)
        {
            furthest.Add(new(reach));
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && reach[k - 1] < reach[k + 1]) ? reach[k + 1] : reach[k - 1] + 1;
                while (x < a.Length && x - k < b.Length && a[x].Content == b[x - k].Content)
                    x++;
                reach[k] = x;
                if (x >= a.Length && x - k >= b.Length)
                    return Retrace(a, b, furthest);
            }
        }

        throw new InvalidOperationException($"The recordings differ in more than {MostDifferences} lines: they are not of the same conversation.");
    }

    private static IEnumerable<WireEntry> Said(WireRecording recording) => recording.Entries.Where(e => e.Kind is not (WireEventKind.Opened or WireEventKind.Closed));

    private static List<(char Side, WireEntry Entry)> Retrace(WireEntry[] a, WireEntry[] b, List<Dictionary<int, int>> furthest)
    {
        var lines = new List<(char Side, WireEntry Entry)>();
        var (x, y) = (a.Length, b.Length);
        for (var d = furthest.Count - 1; d >= 0; d--)
        {
            var reach = furthest[d];
            var k = x - y;
            var from = k == -d || (k != d && reach[k - 1] < reach[k + 1]) ? k + 1 : k - 1;
            var (beforeX, beforeY) = d == 0 ? (0, 0) : (reach[from], reach[from] - from);
            for (; x > beforeX && y > beforeY; x--, y--)
                lines.Add((' ', a[x - 1]));
            if (d == 0)
                break;
            lines.Add(x == beforeX ? ('+', b[--y]) : ('-', a[--x]));
        }

        lines.Reverse();
        return lines;
    }
}
