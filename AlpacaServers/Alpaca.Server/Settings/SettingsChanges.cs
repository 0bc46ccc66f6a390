using Alpaca.Devices.Options;
using Alpaca.Hosting;

namespace Alpaca.Server;

/// <summary>What somebody changed in a form, put into the text of the file: only that, and where it already stands if it does.</summary>
internal static class SettingsChanges
{
    /// <summary>Puts the changes into the file.</summary>
    /// <param name="yaml">The file.</param>
    /// <param name="fields">The options that the form shows.</param>
    /// <param name="written">What the file says of them now.</param>
    /// <param name="input">The form as it was filled in.</param>
    /// <param name="place">Where in the file they are.</param>
    public static void Apply(YamlText yaml, IEnumerable<OptionField> fields, OptionNode? written, SettingsInput input, string place)
    {
        foreach (var (path, value) in Of(fields, written, input, ""))
        {
            var target = place.Length == 0 ? path : $"{place}.{path}";
            if (value is null)
                yaml.Remove(target);
            else if (path.EndsWith(Appended, StringComparison.Ordinal))
                yaml.Append(target[..^Appended.Length], value);
            else if (value.Text is { } text)
                yaml.Set(target, text);
            else
                yaml.Put(target, value);
        }
    }

    /// <summary>An entry with what was filled in, for a device that is not in the file yet.</summary>
    public static OptionNode Fill(OptionNode entry, IEnumerable<OptionField> fields, SettingsInput input)
    {
        foreach (var (path, value) in Of(fields, null, input, ""))
        {
            if (value is not null)
                entry = YamlTree.With(entry, YamlPath.Steps(path), value);
        }

        return entry;
    }

    private const string Appended = "[+]";

    /// <summary>Paths and their new values; null for what is to go.</summary>
    private static IEnumerable<(string Path, OptionNode? Value)> Of(IEnumerable<OptionField> fields, OptionNode? written, SettingsInput input, string path) =>
        fields.SelectMany(field => Of(field, written?.Find(field.Key), input, SettingsForms.Join(path, field.Key)));

    private static IEnumerable<(string Path, OptionNode? Value)> Of(OptionField field, OptionNode? written, SettingsInput input, string path)
    {
        if (field.Kind == OptionKind.Group)
            return Of(field.Members!.Fields, written, input, path);
        if (field.Kind == OptionKind.Table)
            return OfTable(field, written, input, path);
        return OfValue(field, written, input, path) is { } change ? [change] : [];
    }

    private static (string Path, OptionNode? Value)? OfValue(OptionField field, OptionNode? written, SettingsInput input, string path)
    {
        if (input.Find(path)?.ReplaceLineEndings("\n").Trim() is not { } filled || filled == SettingsForms.Shown(field, written).Trim())
            return null;
        if (filled.Length == 0)
            return field.IsSecret || written is null ? null : (path, null);
        if (field.Kind == OptionKind.TextList)
            return (path, OptionNode.List(filled.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => OptionNode.Scalar(line))));

        // The unit is written out, so that the file explains itself; unless people left it out there themselves.
        var isBare = written?.Text is { } before && SettingsForms.IsNumber(before);
        return (path, OptionNode.Scalar(field.Unit is { } unit && !isBare && SettingsForms.IsNumber(filled) ? $"{filled} {unit}" : filled));
    }

    private static List<(string Path, OptionNode? Value)> OfTable(OptionField table, OptionNode? written, SettingsInput input, string path)
    {
        var isWritten = written is { IsUnset: false };
        var rows = (isWritten ? written! : SettingsForms.DefaultRows(table)).Items ?? [];
        if (!input.Names.Any(name => name.StartsWith(path + "[", StringComparison.Ordinal)))
            return [];
        var changes = new List<(string Path, OptionNode? Value)>();
        for (var i = 0; i < rows.Count; i++)
        {
            var place = FormattableString.Invariant($"{path}[{i}]");
            if (input.Find(place + SettingsInput.RemoveField) != "true")
                changes.AddRange(Of(table.Members!.Fields, rows[i], input, place));
        }

        // From the last to the first, so that places stay right.
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            var place = FormattableString.Invariant($"{path}[{i}]");
            if (input.Find(place + SettingsInput.RemoveField) == "true")
                changes.Add((place, null));
        }

        var added = NewRow(table, input, FormattableString.Invariant($"{path}[{rows.Count}]"));
        if (added is not null)
            changes.Add((path + Appended, added));
        return isWritten || changes.Count == 0 ? changes : [(path, Whole(rows, changes, path, added))];
    }

    private static OptionNode? NewRow(OptionField table, SettingsInput input, string place)
    {
        var filled = Of(table.Members!.Fields, null, input, place).Where(c => c.Value is not null).ToArray();
        return filled.Length == 0 ? null : OptionNode.Mapping(filled.Select(c => KeyValuePair.Create(c.Path[(place.Length + 1)..], c.Value!)));
    }

    /// <summary>The whole table, when the file said nothing of it and the default's rows were changed.</summary>
    private static OptionNode Whole(IReadOnlyList<OptionNode> rows, List<(string Path, OptionNode? Value)> changes, string path, OptionNode? added)
    {
        var list = OptionNode.Mapping([KeyValuePair.Create("rows", OptionNode.List(rows))]);
        foreach (var (place, value) in changes.Where(c => !c.Path.EndsWith(Appended, StringComparison.Ordinal)))
        {
            var steps = YamlPath.Steps("rows" + place[path.Length..]);
            list = value is null ? YamlTree.Without(list, steps) : YamlTree.With(list, steps, value);
        }

        var items = list.Find("rows")!.Items!;
        return OptionNode.List(added is null ? items : [.. items, added]);
    }
}
