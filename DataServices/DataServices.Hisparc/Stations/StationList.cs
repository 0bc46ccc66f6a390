using System.Globalization;
using System.Text;

namespace DataServices.Hisparc.Stations;

/// <summary>The stations that may upload: lines of <c>number,cluster,password</c>, without heading.</summary>
public sealed class StationList
{
    private readonly Dictionary<int, Station> _stations;

    private StationList(Dictionary<int, Station> stations) => _stations = stations;

    public int Count => _stations.Count;

    public IEnumerable<Station> Stations => _stations.Values.OrderBy(station => station.Number);

    public Station? Find(int number) => _stations.GetValueOrDefault(number);

    /// <summary>Reads a list; a number that comes twice counts as it came last.</summary>
    /// <exception cref="FormatException">A line is wrong; the message gives its number and says what to do, never a password.</exception>
    public static StationList Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var stations = new Dictionary<int, Station>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            var fields = Fields(line.TrimEnd('\r'), number);
            if (fields is [""])
                continue;
            if (fields.Count != 3)
                throw Wrong(number, $"has {fields.Count} columns instead of number,cluster,password");
            if (!int.TryParse(fields[0].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var station) || station < 0)
                throw Wrong(number, "does not begin with the number of a station");
            if (fields[1].Length == 0 || fields[1].Contains('/', StringComparison.Ordinal))
                throw Wrong(number, "has a cluster name that is empty or contains '/', which is not possible in HDF5");
            try
            {
                stations[station] = new Station(station, fields[1], StationPassword.Parse(fields[2]));
            }
            catch (FormatException error)
            {
                throw Wrong(number, $"has a password that cannot be used: {error.Message}");
            }
        }

        return new StationList(stations);
    }

    private static FormatException Wrong(int line, string what) => new($"line {line} of the station list {what}.");

    // Fields may be quoted as in any CSV file; a quote inside is doubled.
    private static List<string> Fields(string line, int number)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (line[i] == '"' && (quoted || field.Length == 0))
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }

        if (quoted)
            throw Wrong(number, "has a quote that does not end");
        fields.Add(field.ToString());
        return fields;
    }
}
