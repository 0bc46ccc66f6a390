namespace Alpaca.Devices.Wire;

/// <summary>A recording read back.</summary>
/// <param name="Entries">Its lines, in order.</param>
public sealed record WireRecording(IReadOnlyList<WireEntry> Entries)
{
    /// <summary>Reads a file that a <see cref="WireRecorder"/> wrote, or that somebody wrote by hand.</summary>
    /// <exception cref="FormatException">A line makes no sense; the message gives its number.</exception>
    public static WireRecording Load(string file)
    {
        using var reader = new StreamReader(file);
        return Read(reader, Path.GetFileName(file));
    }

    /// <inheritdoc cref="Load"/>
    public static WireRecording Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var entries = new List<WireEntry>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            try
            {
                entries.Add(WireEntry.Parse(line));
            }
            catch (FormatException e)
            {
                throw new FormatException($"{name}, line {number}: {e.Message}", e);
            }
        }

        return new WireRecording(entries);
    }
}
