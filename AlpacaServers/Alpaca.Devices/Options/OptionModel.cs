using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Alpaca.Devices.Options;

/// <summary>The options of one record type, found out once. It makes records from what was written, and says what is wrong with it.</summary>
/// <remarks>
/// A record may have a method <c>public IEnumerable&lt;string&gt; Validate()</c> for what no option alone can say. A sentence of it that begins with a key
/// and a colon, <c>"closed_limit: must be below open_limit."</c>, is shown beside that option.
/// </remarks>
public sealed class OptionModel
{
    private static readonly ConcurrentDictionary<Type, OptionModel> s_models = new();
    private readonly MethodInfo? _validate;

    private OptionModel(Type type)
    {
        Type = type;
        var defaults = Create();
        Fields =
        [
            .. type.GetProperties()
                .Select(p => (Property: p, Option: p.GetCustomAttribute<OptionAttribute>()))
                .Where(p => p.Option is not null)
                .OrderBy(p => Depth(p.Property.DeclaringType!))
                .Select(p => new OptionField(p.Property, p.Option!, defaults)),
        ];
        _validate = type.GetMethod("Validate", BindingFlags.Public | BindingFlags.Instance, []);
        if (_validate is not null && _validate.ReturnType != typeof(IEnumerable<string>))
            throw new NotSupportedException($"{type.Name}.Validate must return IEnumerable<string>.");
        if (Fields.GroupBy(f => f.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new NotSupportedException($"{type.Name} has two options with the key {twice.Key}.");
    }

    /// <summary>The record type.</summary>
    public Type Type { get; }

    /// <summary>The options, in the record's order; those of a base record first.</summary>
    public IReadOnlyList<OptionField> Fields { get; }

    /// <summary>The model of a record type.</summary>
    /// <exception cref="NotSupportedException">A property is of a type that no option can have, or two have one key.</exception>
    public static OptionModel Of<TOptions>() => Of(typeof(TOptions));

    /// <inheritdoc cref="Of{TOptions}"/>
    public static OptionModel Of(Type type) => s_models.TryGetValue(type, out var known) ? known : s_models.GetOrAdd(type, new OptionModel(type));

    /// <summary>A record with every option at its default.</summary>
    public object Create()
    {
        var constructor = Type.GetConstructor([]) ?? Type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new NotSupportedException($"{Type.Name} has no constructor.");
        return constructor.Invoke([.. constructor.GetParameters().Select(p =>
            p.HasDefaultValue ? p.DefaultValue
            : p.ParameterType == typeof(string) ? ""
            : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null)]);
    }

    /// <summary>Makes a record from a mapping of keys.</summary>
    /// <param name="node">What was written. Nothing at all is an empty mapping.</param>
    /// <param name="faults">What is wrong with it is added here; the options concerned keep their defaults.</param>
    /// <param name="path">The path of the mapping itself; empty for a device's own options.</param>
    /// <param name="alsoKnown">Keys that somebody else reads.</param>
    /// <returns>The record; to be used only if there was nothing wrong.</returns>
    public object Bind(OptionNode node, ICollection<OptionFault> faults, string path = "", IReadOnlyCollection<string>? alsoKnown = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(faults);
        var before = faults.Count;
        var record = Create();
        if (node is { Entries: null, IsUnset: false })
        {
            faults.Add(new(path, "it must be a group of keys.", node.Line));
            return record;
        }

        foreach (var (key, value) in node.Entries ?? [])
        {
            if (Fields.FirstOrDefault(f => f.Key == key) is { } field)
                Bind(field, record, value, Join(path, key), faults);
            else if (alsoKnown?.Contains(key) != true)
                faults.Add(new(Join(path, key), Unknown(key, [.. alsoKnown ?? [], .. Fields.Select(f => f.Key)]), value.Line));
        }

        foreach (var field in Fields.Where(f => f.IsRequired))
        {
            if (node.Find(field.Key) is null or { IsUnset: true })
                faults.Add(new(Join(path, field.Key), Missing(field), node.Line));
        }

        if (faults.Count == before)
            Validate(record, node, path, faults);
        return record;
    }

    private static int Depth(Type type) => type.BaseType is { } parent ? 1 + Depth(parent) : 0;

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Missing(OptionField field) => $"it is missing. {field.Help}{(field.Help.EndsWith('.') ? "" : ".")}{(field.Example is null ? "" : $" For example {field.Example}.")}";

    private static string Unknown(string key, IReadOnlyCollection<string> known) => known.Count == 0
        ? "there is no such key: there is nothing to set here."
        : $"there is no such key. Did you mean {OptionWords.Nearest(key, known)}? Known here: {string.Join(", ", known)}.";

    private static void Bind(OptionField field, object record, OptionNode node, string path, ICollection<OptionFault> faults)
    {
        if (node.IsUnset)
            return;
        switch (field.Kind)
        {
            case OptionKind.Group:
                field.Write(record, field.Members!.Bind(node, faults, path));
                break;
            case OptionKind.Table when node.Items is { } items:
                field.Write(record, Rows(field, items, path, faults));
                break;
            case OptionKind.TextList when node.Items is { } items:
                if (items.FirstOrDefault(i => i.Text is null) is { } odd)
                    faults.Add(new(path, "each entry must be a single text.", odd.Line));
                else
                    field.Write(record, items.Select(i => i.Text!).ToArray());
                break;
            case OptionKind.Table or OptionKind.TextList:
                faults.Add(new(path, $"it must be {field.Shape}.", node.Line));
                break;
            default:
                if (node.Text is null)
                    faults.Add(new(path, "it must be a single value.", node.Line));
                else if (field.TryParse(node.Text, out var value) is { } wrong)
                    faults.Add(new(path, wrong, node.Line));
                else if (field is { IsRequired: true, Kind: OptionKind.Text } && string.IsNullOrWhiteSpace(node.Text))
                    faults.Add(new(path, Missing(field), node.Line));
                else
                    field.Write(record, value);
                break;
        }
    }

    private static Array Rows(OptionField field, IReadOnlyList<OptionNode> items, string path, ICollection<OptionFault> faults)
    {
        if (field.IsRequired && items.Count == 0)
            faults.Add(new(path, "it needs an entry.", 0));
        var rows = Array.CreateInstance(field.RowType, items.Count);
        for (var i = 0; i < items.Count; i++)
            ((IList)rows)[i] = field.Members!.Bind(items[i], faults, FormattableString.Invariant($"{path}[{i}]"));
        return rows;
    }

    private void Validate(object record, OptionNode node, string path, ICollection<OptionFault> faults)
    {
        foreach (var sentence in (IEnumerable<string>?)_validate?.Invoke(record, null) ?? [])
        {
            var colon = sentence.IndexOf(": ", StringComparison.Ordinal);
            var field = colon < 0 ? null : Fields.FirstOrDefault(f => sentence.AsSpan(0, colon).SequenceEqual(f.Key));
            faults.Add(field is null
                ? new OptionFault(path, sentence, node.Line)
                : new OptionFault(Join(path, field.Key), sentence[(colon + 2)..], node.Find(field.Key)?.Line ?? node.Line));
        }
    }
}
