using Alpaca.Devices.Options;
using Alpaca.Hosting;

namespace Alpaca.Server;

/// <summary>Makes forms from option records, filled with what is written in the file.</summary>
/// <param name="ports">The ports to suggest where an option is one.</param>
internal sealed class SettingsForms(Func<IReadOnlyList<string>> ports)
{
    private const string PortKey = "port";
    private const int NewRows = 1;

    /// <summary>The parts of a form.</summary>
    /// <param name="fields">The options.</param>
    /// <param name="written">What is written of them.</param>
    /// <param name="faults">What is wrong with it, with paths as in the form.</param>
    /// <param name="path">Where in the form they are.</param>
    public IReadOnlyList<SettingsItem> Items(IEnumerable<OptionField> fields, OptionNode? written, IReadOnlyCollection<OptionFault> faults, string path = "") =>
        [.. fields.Select(field => Item(field, written?.Find(field.Key), faults, Join(path, field.Key))).OfType<SettingsItem>()];

    /// <summary>What a field shows of what is written: without the unit if it is the option's own.</summary>
    public static string Shown(OptionField field, OptionNode? written)
    {
        if (field.IsSecret)
            return "";
        if (field.Kind == OptionKind.TextList)
            return string.Join('\n', written?.Items?.Select(i => i.Text) ?? []);
        if (written?.Text is not { } text)
            return field is { Kind: OptionKind.Flag or OptionKind.Choice, IsNullable: false } ? field.Format(field.Default) : "";
        if (field.Kind == OptionKind.Flag && field.TryParse(text, out var flag) is null)
            return field.Format(flag);
        return field.Unit is { } unit && text.EndsWith(unit, StringComparison.Ordinal) && IsNumber(text[..^unit.Length]) ? text[..^unit.Length].Trim() : text;
    }

    /// <summary>Whether a text is a number and nothing else.</summary>
    public static bool IsNumber(string text) => OptionUnit.TryRead(text, null, out _);

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>The rows that a table has when nothing is written: those of the default.</summary>
    public static OptionNode DefaultRows(OptionField table) => OptionNode.List(((System.Collections.IEnumerable)table.Default!).Cast<object>().Select(row => OptionNode.Mapping(
        table.Members!.Fields.Where(f => f.Read(row) is not null && !Equals(f.Read(row), f.Default)).Select(f => KeyValuePair.Create(f.Key, OptionNode.Scalar(f.Format(f.Read(row))))))));

    private static string? Fault(IReadOnlyCollection<OptionFault> faults, string path) =>
        faults.FirstOrDefault(f => f.Path == path) is { Message: { Length: > 0 } message } ? char.ToUpperInvariant(message[0]) + message[1..] : null;

    private static string? Range(OptionField field) => (double.IsFinite(field.Minimum), double.IsFinite(field.Maximum)) switch
    {
        (true, true) => FormattableString.Invariant($"{OptionField.Plain(field.Minimum)} to {OptionField.Plain(field.Maximum)}"),
        (true, false) => FormattableString.Invariant($"{OptionField.Plain(field.Minimum)} or more"),
        (false, true) => FormattableString.Invariant($"{OptionField.Plain(field.Maximum)} or less"),
        _ => field.Example is null ? null : $"for example {field.Example}",
    };

    private SettingsItem? Item(OptionField field, OptionNode? written, IReadOnlyCollection<OptionFault> faults, string path)
    {
        switch (field.Kind)
        {
            case OptionKind.Group:
                return new SettingsGroup(path, field.Label, field.Help, field.IsAdvanced, Items(field.Members!.Fields, written, faults, path));
            case OptionKind.Table:
                return Table(field, written is null or { IsUnset: true } ? DefaultRows(field) : written, faults, path);
            case OptionKind.TextList:
                return Field(field, written, faults, path);
            default:
                // A list where a form can only show a word, as for scripted weather: left to the file.
                return written is { Text: null, IsUnset: false } ? null : Field(field, written, faults, path);
        }
    }

    private SettingsTable? Table(OptionField field, OptionNode written, IReadOnlyCollection<OptionFault> faults, string path)
    {
        if (written.Items is not { } items)
            return null;
        var rows = items.Concat(Enumerable.Repeat(OptionNode.Unset(), NewRows)).Select((row, i) =>
        {
            var place = FormattableString.Invariant($"{path}[{i}]");
            return new SettingsRow(place, i >= items.Count, [.. field.Members!.Fields.Select(f => Field(f, row.Find(f.Key), faults, Join(place, f.Key), isNew: i >= items.Count))]);
        });
        return new SettingsTable(path, field.Label, field.Help, field.IsAdvanced, [.. rows]) { Error = Fault(faults, path) };
    }

    private SettingsField Field(OptionField field, OptionNode? written, IReadOnlyCollection<OptionFault> faults, string path, bool isNew = false)
    {
        var words = field.Kind == OptionKind.Flag ? (IReadOnlyCollection<string>)["true", "false"] : field.Choices;
        var control = field switch
        {
            { IsSecret: true } => SettingsControl.Secret,
            { Kind: OptionKind.Flag, IsNullable: false } => SettingsControl.Flag,
            { Kind: OptionKind.Flag or OptionKind.Choice } => SettingsControl.Choice,
            { Kind: OptionKind.Integer or OptionKind.Number or OptionKind.Duration } => SettingsControl.Number,
            { Kind: OptionKind.TextList } => SettingsControl.Lines,
            _ => SettingsControl.Text,
        };
        var standard = field.Kind == OptionKind.TextList ? string.Join(", ", (IEnumerable<string>)field.Default!) : field.Format(field.Default);
        return new SettingsField(path, field.Label, field.Help, field.IsAdvanced, control)
        {
            Value = field.IsSecret ? written?.Text is { Length: > 0 } ? "set" : "" : Shown(field, written),
            Default = standard.Length == 0 || control is SettingsControl.Flag or SettingsControl.Choice or SettingsControl.Secret ? null : standard,
            Unit = field.Unit,
            Range = Range(field),
            MayBeNegative = field.Minimum < 0,
            Choices = field.IsNullable ? ["", .. words] : [.. words],
            Suggestions = field is { Key: PortKey, Kind: OptionKind.Text } ? ports() : [],
            IsRequired = field.IsRequired && !isNew,
            Error = Fault(faults, path),
        };
    }
}
