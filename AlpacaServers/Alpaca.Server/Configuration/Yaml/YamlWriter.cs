using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>New YAML, written as people write it: groups as blocks, rows of a table in braces.</summary>
internal static class YamlWriter
{
    private const int Step = 2;

    /// <summary>In braces and brackets, on one line.</summary>
    public static string Flow(OptionNode node) =>
        node.Entries is { } entries ? $"{{{string.Join(", ", entries.Select(e => FlowEntry(e.Key, e.Value)))}}}"
        : node.Items is { } items ? $"[{string.Join(", ", items.Select(Flow))}]"
        : YamlScalars.Write(node.Text ?? "", inFlow: true);

    /// <summary>A key and its value within braces.</summary>
    public static string FlowEntry(string key, OptionNode value) => $"{key}: {Flow(value)}";

    /// <summary>A key and its value in a block; the first line has no indentation.</summary>
    /// <param name="column">Spaces before the key.</param>
    public static string Entry(string key, OptionNode value, int column, string newLine) => $"{key}:" + (value switch
    {
        { Text: { } text } => " " + YamlScalars.Write(text, inFlow: false),
        { Items: { Count: 0 } } or { Entries: { Count: 0 } } => " " + Flow(value),
        _ => Below(value, column, newLine),
    });

    /// <summary>What stands below a key: begins with a line break.</summary>
    public static string Below(OptionNode value, int column, string newLine) => value.Items is { } items
        ? string.Concat(items.Select(item => newLine + Item(item, column + Step, newLine)))
        : string.Concat(value.Entries!.Select(e => newLine + Spaces(column + Step) + Entry(e.Key, e.Value, column + Step, newLine)));

    /// <summary>An entry of a list in a block, with its indentation.</summary>
    public static string Item(OptionNode item, int column, string newLine)
    {
        if (item.Entries is not { Count: > 0 } entries || IsRow(item))
            return $"{Spaces(column)}- {(item.Text is { } text ? YamlScalars.Write(text, inFlow: false) : Flow(item))}";
        return Spaces(column) + "- " + string.Join(newLine + Spaces(column + Step), entries.Select(e => Entry(e.Key, e.Value, column + Step, newLine)));
    }

    /// <summary>A row of a table: nothing but single values, and no device, whose entry people will add to.</summary>
    private static bool IsRow(OptionNode item) => item.Entries!.All(e => e.Value.Text is not null) && item.Find("type") is null;

    private static string Spaces(int count) => new(' ', count);
}
