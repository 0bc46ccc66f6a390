using System.Globalization;
using Alpaca.Devices.Links;

namespace Alpaca.Devices.Wire;

/// <summary>One line of a recording.</summary>
/// <param name="Time">Since the recording began.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Bytes">What was sent or received; empty for the other kinds.</param>
/// <param name="Note">What the other kinds say.</param>
public sealed record WireEntry(TimeSpan Time, WireEventKind Kind, byte[] Bytes, string Note = "")
{
    /// <summary>What happened, without when: two recordings are compared by it.</summary>
    public string Content => $"{(char)Kind} {(Kind is WireEventKind.Sent or WireEventKind.Received ? WireText.Escape(Bytes) : Note)}";

    /// <summary>Reads a line of a recording.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static WireEntry Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var text = line.AsSpan().TrimStart();
        var space = text.IndexOf(' ');
        if (space < 1
            || text.Length < space + 2
            || !double.TryParse(text[..space], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            || !Enum.IsDefined((WireEventKind)text[space + 1]))
            throw new FormatException($"\"{line}\" is no line of a wire recording: seconds, one of {Marks()}, and what was said.");
        var kind = (WireEventKind)text[space + 1];
        var rest = text.Length > space + 3 ? text[(space + 3)..] : [];
        return kind is WireEventKind.Sent or WireEventKind.Received
            ? new(TimeSpan.FromSeconds(seconds), kind, WireText.Unescape(rest))
            : new(TimeSpan.FromSeconds(seconds), kind, [], rest.ToString());
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Time.TotalSeconds,12:0.000} {Content}");

    private static string Marks() => string.Join(' ', Enum.GetValues<WireEventKind>().Select(k => (char)k));
}
