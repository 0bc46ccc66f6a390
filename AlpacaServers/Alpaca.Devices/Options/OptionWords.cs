using System.Text;

namespace Alpaca.Devices.Options;

/// <summary>How keys and words of options are spelled, and which one somebody may have meant.</summary>
public static class OptionWords
{
    /// <summary><c>ReplyTimeout</c> is <c>reply_timeout</c>; <c>RGGB</c> is <c>rggb</c>.</summary>
    public static string SnakeCase(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var word = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var begins = char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (begins)
                word.Append('_');
            word.Append(char.ToLowerInvariant(name[i]));
        }

        return word.ToString();
    }

    /// <summary>A key as a label for people: <c>reply_timeout</c> is <c>Reply timeout</c>.</summary>
    public static string Label(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return char.ToUpperInvariant(key[0]) + key[1..].Replace('_', ' ');
    }

    /// <summary>The word nearest to what was written; null if there are none.</summary>
    public static string? Nearest(string written, IEnumerable<string> known) => known.MinBy(word => Distance(written, word));

    /// <summary>Edits from one word to another (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
