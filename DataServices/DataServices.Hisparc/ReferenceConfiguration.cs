using System.Globalization;
using DataServices.Hisparc.Queue;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc;

/// <summary>The reference's config.ini, with a section [Queue] of this service's own. Keys that are not known are left alone.</summary>
/// <param name="DataDirectory">General.data_dir.</param>
/// <param name="StationList">General.station_list.</param>
/// <param name="Log">General.log: beginning of the names of the log files.</param>
/// <param name="Level">General.loglevel: debug, info, warning, error or critical; anything else is everything.</param>
/// <param name="Sleep">Writer.sleep: whole seconds between two looks into incoming/.</param>
/// <param name="Broker">Queue.url.</param>
/// <param name="Shards">Queue.shards.</param>
/// <param name="Shard">Queue.shard.</param>
public sealed record ReferenceConfiguration(
    string? DataDirectory = null, string? StationList = null, string? Log = null, LogLevel Level = LogLevel.Information, TimeSpan? Sleep = null,
    Uri? Broker = null, int? Shards = null, int? Shard = null)
{
    private const string Defaults = "DEFAULT";
    private const int DeepestReference = 10;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line is neither section nor key, or a value is wrong; the message names it.</exception>
    public static ReferenceConfiguration Read(string path) =>
        File.Exists(path) ? Parse(File.ReadLines(path), path) : throw new FormatException($"{path}: there is no such configuration file.");

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="name">The file's name, for messages.</param>
    public static ReferenceConfiguration Parse(IEnumerable<string> lines, string name)
    {
        var values = Values(lines, name);
        string? Text(string section, string key) => values.GetValueOrDefault((section, key)) is { } raw ? Interpolated(values, section, key, raw, 0, name) : null;
        int? Number(string section, string key, int lowest, int highest)
        {
            if (Text(section, key) is not { } text)
                return null;
            return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
                ? number
                : throw new FormatException($"{name}: {section}.{key} = {text} must be a whole number from {lowest} to {highest}.");
        }

        return new ReferenceConfiguration(
            Text("General", "data_dir"),
            Text("General", "station_list"),
            Text("General", "log"),
            Text("General", "loglevel") switch
            {
                null or "info" => LogLevel.Information,
                "debug" => LogLevel.Debug,
                "warning" => LogLevel.Warning,
                "error" => LogLevel.Error,
                "critical" => LogLevel.Critical,
                _ => LogLevel.Trace,
            },
            Number("Writer", "sleep", 0, 3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Text("Queue", "url") is { } url ? QueueOptions.ParseBroker(url) : null,
            Number("Queue", "shards", 1, QueueOptions.MaxShards),
            Number("Queue", "shard", 0, QueueOptions.MaxShards - 1));
    }

    private static Dictionary<(string Section, string Key), string> Values(IEnumerable<string> lines, string name)
    {
        var values = new Dictionary<(string Section, string Key), string>();
        var section = "";
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
                continue;
            if (text[0] == '[' && text[^1] == ']')
            {
                section = text[1..^1];
                continue;
            }

            var separator = text.IndexOfAny(['=', ':']);
            if (separator <= 0 || section.Length == 0)
                throw new FormatException($"{name} line {number}: neither a [section] nor key = value in one.");

            // Keys are the same in capitals, sections are not: as Python reads such files.
            values[(section, text[..separator].Trim().ToLowerInvariant())] = text[(separator + 1)..].Trim();
        }

        return values;
    }

    // %(key)s stands for another value of the section or of [DEFAULT], %% for a percent sign.
    private static string Interpolated(Dictionary<(string Section, string Key), string> values, string section, string key, string raw, int depth, string name)
    {
        FormatException Wrong(string why) => new($"{name}: {section}.{key} = {raw}: {why}");
        if (depth > DeepestReference)
            throw Wrong("refers to itself.");
        var text = new System.Text.StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '%')
            {
                text.Append(raw[i]);
                continue;
            }

            if (i + 1 < raw.Length && raw[i + 1] == '%')
            {
                text.Append('%');
                i++;
                continue;
            }

            var end = raw.IndexOf(")s", i, StringComparison.Ordinal);
            if (i + 1 >= raw.Length || raw[i + 1] != '(' || end < 0)
                throw Wrong("% stands for itself only as %%, and for another value as %(name)s.");
            var other = raw[(i + 2)..end].ToLowerInvariant();
            var found = values.GetValueOrDefault((section, other)) ?? values.GetValueOrDefault((Defaults, other)) ?? throw Wrong($"there is no {other} in [{section}] or [{Defaults}].");
            text.Append(Interpolated(values, section, other, found, depth + 1, name));
            i = end + 1;
        }

        return text.ToString();
    }
}
