namespace Sequencer.Core.Configuration.Schema;

/// <summary>Finds what somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The candidate that takes the fewest typing errors to reach, or null when none is near.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var best = candidates
            .Select(candidate => (candidate, Distance: Distance(Plain(word), Plain(candidate))))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.candidate is not null && best.Distance <= Math.Max(2, word.Length / 3) ? best.candidate : null;
    }

    /// <summary>"did you mean x?", or the list of what there is when nothing is near.</summary>
    public static string Suggestion(string word, IReadOnlyCollection<string> candidates) =>
        To(word, candidates) is { } near ? $"did you mean '{near}'?" : $"valid are {string.Join(", ", candidates)}";

    private static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
