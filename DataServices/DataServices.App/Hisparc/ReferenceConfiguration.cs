using Microsoft.Extensions.Logging;

namespace DataServices.App.Hisparc;

/// <summary>The reference's config.ini. Its log path is not used: messages go to standard error, where the service manager keeps them.</summary>
internal sealed record ReferenceConfiguration(string? DataDirectory, string? StationList, LogLevel Level)
{
    public static ReferenceConfiguration None { get; } = new(null, null, LogLevel.Information);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line is neither section nor key; the message names it.</exception>
    public static ReferenceConfiguration Read(string path)
    {
        if (!File.Exists(path))
            throw new FormatException($"{path}: there is no such configuration file.");
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var section = "";
        var number = 0;
        foreach (var line in File.ReadLines(path))
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
            if (separator <= 0)
                throw new FormatException($"{path} line {number}: neither a [section] nor key = value.");
            values[$"{section}.{text[..separator].Trim()}"] = text[(separator + 1)..].Trim().Replace("%%", "%", StringComparison.Ordinal);
        }

        return new ReferenceConfiguration(values.GetValueOrDefault("General.data_dir"), values.GetValueOrDefault("General.station_list"), values.GetValueOrDefault("General.loglevel") switch
        {
            null or "info" => LogLevel.Information,
            "debug" => LogLevel.Debug,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            "critical" => LogLevel.Critical,
            _ => LogLevel.Trace,
        });
    }
}
