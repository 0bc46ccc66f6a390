using System.Globalization;

namespace Alpaca.Server;

/// <summary>Where a value is in a file: <c>devices[2].errors.cone</c>, in steps of keys and places in lists.</summary>
internal static class YamlPath
{
    /// <summary>The steps: a string for a key, an int for a place in a list.</summary>
    public static IReadOnlyList<object> Steps(string path)
    {
        var steps = new List<object>();
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            if (bracket != 0)
                steps.Add(bracket < 0 ? part : part[..bracket]);
            for (; bracket >= 0; bracket = part.IndexOf('[', bracket + 1))
                steps.Add(int.Parse(part.AsSpan(bracket + 1, part.IndexOf(']', bracket) - bracket - 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return steps;
    }
}
