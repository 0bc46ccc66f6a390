using Alpaca.Devices.Options;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Alpaca.Server;

/// <summary>
/// YAML that people wrote, changed in place: what is not changed stays as it was to the byte, comments, order, quotes and blank lines. After every change the text is
/// read again; if it says anything else than what was asked for, the change is refused.
/// </summary>
internal sealed class YamlText
{
    private readonly string _newLine;

    /// <exception cref="ConfigurationException">It is not YAML, or not a mapping.</exception>
    public YamlText(string text)
    {
        Text = text;
        _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        YamlNodes.Parse(text);
    }

    /// <summary>The text as it is now.</summary>
    public string Text { get; private set; }

    /// <summary>What the text says.</summary>
    public OptionNode Content => YamlNodes.ToOption(Root);

    private YamlMappingNode Root => YamlNodes.Parse(Text);

    /// <summary>Gives a key a single value; the key, and groups it is in, are added if they are not there.</summary>
    public void Set(string path, string value) => Put(path, OptionNode.Scalar(value));

    /// <summary>Gives a key a value of any kind; see <see cref="Set"/>.</summary>
    public void Put(string path, OptionNode value)
    {
        var steps = YamlPath.Steps(path);
        Change(path, YamlTree.With(Content, steps, value), () =>
        {
            var root = Root;
            var trail = Trail(root, steps, out var found);
            var old = trail[^1];
            if (found == steps.Count)
                return Replace(root, trail, steps, value);
            var rest = value;
            for (var i = steps.Count - 1; i > found; i--)
                rest = OptionNode.Mapping([KeyValuePair.Create((string)steps[i], rest)]);
            var key = steps[found] as string ?? throw Unfit(path, old);
            return old switch
            {
                YamlMappingNode mapping => AddKey(root, mapping, key, rest),
                _ when YamlNodes.ToOption(old).IsUnset => Replace(root, trail, [.. steps.Take(found)], OptionNode.Mapping([KeyValuePair.Create(key, rest)])),
                _ => throw Unfit(path, old),
            };
        });
    }

    /// <summary>Removes a key, or an entry of a list, with what belongs to it. Nothing happens if it is not there.</summary>
    public void Remove(string path)
    {
        var steps = YamlPath.Steps(path);
        var root = Root;
        var trail = Trail(root, steps, out var found);
        if (found < steps.Count)
            return;
        Change(path, YamlTree.Without(Content, steps), () => trail[^2] switch
        {
            YamlMappingNode mapping => Cut(mapping, (string)steps[^1]),
            YamlSequenceNode list => list.Children.Count == 1 ? Replace(root, [.. trail.Take(trail.Count - 1)], [.. steps.Take(steps.Count - 1)], OptionNode.List([])) : Cut(list, (int)steps[^1]),
            _ => throw Unfit(path, trail[^2]),
        });
    }

    /// <summary>Adds an entry at the end of a list, which is made if it is not there.</summary>
    public void Append(string path, OptionNode item)
    {
        var steps = YamlPath.Steps(path);
        var trail = Trail(Root, steps, out var found);
        if (found < steps.Count || trail[^1] is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            Put(path, OptionNode.List([item]));
            return;
        }

        Change(path, YamlTree.With(Content, steps, OptionNode.List([.. YamlNodes.ToOption(list).Items!, item])), () =>
        {
            var last = ItemEnd(list, list.Children.Count - 1);
            if (list.Style == SequenceStyle.Flow)
                return Text.Insert(last, ", " + YamlWriter.Flow(item));
            var indent = Column(DashOf(list, list.Children.Count - 1));
            return Text.Insert(LineEnd(last), _newLine + YamlWriter.Item(item, indent, _newLine));
        });
    }

    private static ConfigurationException Unfit(string path, YamlNode node) =>
        new(FormattableString.Invariant($"line {node.Start.Line}: {path} is written in a way that cannot be changed from here. Change it in an editor."));

    /// <summary>The nodes from the root to the last one there is, and how many steps that was.</summary>
    private static List<YamlNode> Trail(YamlMappingNode root, IReadOnlyList<object> steps, out int found)
    {
        var trail = new List<YamlNode> { root };
        for (found = 0; found < steps.Count; found++)
        {
            var next = (trail[^1], steps[found]) switch
            {
                (YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null,
                (YamlSequenceNode list, int place) => place < list.Children.Count ? list.Children[place] : null,
                _ => null,
            };
            if (next is null)
                break;
            trail.Add(next);
        }

        return trail;
    }

    private static bool IsFlow(YamlNode node) => node is YamlMappingNode { Style: MappingStyle.Flow } or YamlSequenceNode { Style: SequenceStyle.Flow };

    private static YamlNode KeyNode(YamlMappingNode mapping, string key) => mapping.Children.First(c => c.Key is YamlScalarNode scalar && scalar.Value == key).Key;

    private void Change(string path, OptionNode wanted, Func<string> change)
    {
        string changed;
        try
        {
            changed = change();
            if (YamlTree.AreEqual(wanted, YamlNodes.ToOption(YamlNodes.Parse(changed))))
            {
                Text = changed;
                return;
            }
        }
        catch (ConfigurationException e)
        {
            throw new ConfigurationException($"{path} cannot be changed from here: {e.Message}", e);
        }

        throw new ConfigurationException($"{path} is written in a way that cannot be changed from here. Change it in an editor.");
    }

    private string Replace(YamlMappingNode root, List<YamlNode> trail, IReadOnlyList<object> steps, OptionNode value)
    {
        var old = trail[^1];
        var inFlow = trail.Take(trail.Count - 1).Any(IsFlow);
        if (trail.Count < 2 || ReferenceEquals(old, root))
            throw Unfit("", old);
        int start, end;
        if (IsUnwritten(old))
        {
            // Nothing is written: the value goes right behind the colon or the dash.
            start = end = steps[^1] is string key ? AfterColon(KeyNode((YamlMappingNode)trail[^2], key)) : throw Unfit("", old);
        }
        else
        {
            (start, end) = ((int)old.Start.Index, End(old));
            RequireInPlace(trail[^2], steps[^1], start);
            while (start > 0 && Text[start - 1] is ' ' or '\t')
                start--;
            if (old is YamlScalarNode && value.Text is not null)
                start = (int)old.Start.Index;
        }

        if (old is not YamlScalarNode && !IsFlow(old) && steps[^1] is string listKey)
            return ReplaceBlock(AfterColon(KeyNode((YamlMappingNode)trail[^2], listKey)), start, end, YamlWriter.Flow(value));
        var written = value switch
        {
            { Text: { } text } => YamlScalars.Write(text, inFlow, (old as YamlScalarNode)?.Style ?? ScalarStyle.Plain),
            _ when inFlow || value.Items is { Count: 0 } => YamlWriter.Flow(value),
            _ when steps[^1] is string key => YamlWriter.Below(value, Column((int)KeyNode((YamlMappingNode)trail[^2], key).Start.Index), _newLine),
            _ => throw Unfit("", old),
        };
        var gap = start > 0 && Text[start - 1] is ':' or '-' && !written.StartsWith(_newLine, StringComparison.Ordinal) ? " " : "";
        return string.Concat(Text.AsSpan(0, start), gap, written, Text.AsSpan(end));
    }

    /// <summary>What stands in lines below a key becomes one value behind the key; a comment behind the key stays in its line.</summary>
    private string ReplaceBlock(int colon, int start, int end, string written)
    {
        var between = Text[colon..LineStart(start)];
        return $"{Text.AsSpan(0, colon)} {written}{(between.Contains('#') ? between : between.TrimEnd())}{Text.AsSpan(end)}";
    }

    private string AddKey(YamlMappingNode root, YamlMappingNode mapping, string key, OptionNode value)
    {
        if (mapping.Children.Count == 0)
        {
            if (ReferenceEquals(mapping, root) && mapping.Start.Index == mapping.End.Index)
                return Text + (Text.Length == 0 || Text.EndsWith('\n') ? "" : _newLine) + YamlWriter.Entry(key, value, 0, _newLine) + _newLine;
            return Text.Insert(FlowEnd(mapping) - 1, YamlWriter.FlowEntry(key, value));
        }

        var end = End(mapping.Children[^1].Key, mapping.Children[^1].Value);
        if (IsFlow(mapping))
            return Text.Insert(end, ", " + YamlWriter.FlowEntry(key, value));
        var column = Column((int)mapping.Children[0].Key.Start.Index);
        return Text.Insert(LineEnd(end), _newLine + new string(' ', column) + YamlWriter.Entry(key, value, column, _newLine));
    }

    private string Cut(YamlMappingNode mapping, string key)
    {
        var place = mapping.Children.Select(c => (c.Key as YamlScalarNode)?.Value).ToList().IndexOf(key);
        var (name, value) = mapping.Children[place];
        var (start, end) = ((int)name.Start.Index, End(name, value));
        if (IsFlow(mapping))
            return CutFromFlow(start, end, isFirst: place == 0);
        var line = LineStart(start);
        if (Text.AsSpan(line, start - line).IsWhiteSpace())
            return Text.Remove(line, NextLine(end) - line);

        // The first key behind a dash: the dash stays.
        start = line + Text.AsSpan(line, start - line).TrimEnd().Length;
        return Text.Remove(start, LineEnd(end) - start);
    }

    private string Cut(YamlSequenceNode list, int place)
    {
        var item = list.Children[place];
        if (list.Style == SequenceStyle.Flow)
            return CutFromFlow((int)item.Start.Index, End(item), place == 0);
        var dash = DashOf(list, place);
        var line = LineStart(dash);
        if (!Text.AsSpan(line, dash - line).IsWhiteSpace())
            throw Unfit("", item);
        return Text.Remove(line, NextLine(ItemEnd(list, place)) - line);
    }

    private string CutFromFlow(int start, int end, bool isFirst)
    {
        if (isFirst)
        {
            var after = end;
            while (after < Text.Length && char.IsWhiteSpace(Text[after]))
                after++;
            if (after < Text.Length && Text[after] == ',')
            {
                end = after + 1;
                while (end < Text.Length && Text[end] == ' ')
                    end++;
            }
        }
        else
        {
            while (char.IsWhiteSpace(Text[start - 1]))
                start--;
            start -= Text[start - 1] == ',' ? 1 : 0;
        }

        return Text.Remove(start, end - start);
    }

    /// <summary>An alias stands for a node that is written elsewhere: that one is not touched.</summary>
    private void RequireInPlace(YamlNode parent, object step, int start)
    {
        var earliest = step is string key ? (int)KeyNode((YamlMappingNode)parent, key).End.Index : (int)parent.Start.Index;
        var between = start >= earliest ? Text.AsSpan(earliest, start - earliest) : "*";
        if (step is string && between.Contains('*'))
            throw new ConfigurationException("it is an alias of another value.");
    }

    private int AfterColon(YamlNode key)
    {
        var colon = Text.IndexOf(':', (int)key.End.Index);
        return colon < 0 ? throw Unfit("", key) : colon + 1;
    }

    /// <summary>Where an entry's own text ends, without the comments and blank lines behind it.</summary>
    private int End(YamlNode key, YamlNode value) => IsUnwritten(value) ? AfterColon(key) : Math.Max(End(value), (int)key.End.Index);

    private int End(YamlNode node)
    {
        var end = node switch
        {
            YamlMappingNode { Style: not MappingStyle.Flow, Children: [.., var last] } => End(last.Key, last.Value),
            YamlSequenceNode { Style: not SequenceStyle.Flow, Children.Count: > 0 and var count } list => ItemEnd(list, count - 1),
            YamlScalarNode => (int)node.End.Index,
            _ => FlowEnd(node),
        };
        while (end > node.Start.Index && char.IsWhiteSpace(Text[end - 1]))
            end--;
        return end;
    }

    /// <summary>Behind the closing bracket of a list or group on one line or several; the reader does not tell where that is.</summary>
    private int FlowEnd(YamlNode node)
    {
        var end = node switch
        {
            YamlMappingNode { Children: [.., var last] } => End(last.Key, last.Value),
            YamlSequenceNode { Children: [.., var last] } => End(last),
            _ => Text.AsSpan((int)node.Start.Index).IndexOfAny('[', '{') is >= 0 and var open ? (int)node.Start.Index + open + 1 : throw Unfit("", node),
        };
        while (end < Text.Length && (char.IsWhiteSpace(Text[end]) || Text[end] is ',' or '#'))
            end = Text[end] == '#' ? LineEnd(end) : end + 1;
        return end < Text.Length && Text[end] is ']' or '}' ? end + 1 : throw Unfit("", node);
    }

    /// <summary>The dash before an entry of a list: the first one behind the entry before it and its comments.</summary>
    private int DashOf(YamlSequenceNode list, int place)
    {
        var dash = place == 0 ? (int)list.Start.Index : ItemEnd(list, place - 1);
        while (dash < Text.Length && (char.IsWhiteSpace(Text[dash]) || Text[dash] == '#'))
            dash = Text[dash] == '#' ? LineEnd(dash) : dash + 1;
        return dash < Text.Length && Text[dash] == '-' ? dash : throw Unfit("", list);
    }

    private int ItemEnd(YamlSequenceNode list, int place) =>
        list.Style != SequenceStyle.Flow && IsUnwritten(list.Children[place]) ? DashOf(list, place) + 1 : End(list.Children[place]);

    private static bool IsUnwritten(YamlNode node) => node.Start.Index == node.End.Index && YamlNodes.ToOption(node).IsUnset;

    private int Column(int index) => index - LineStart(index);

    private int LineStart(int index) => Text.LastIndexOf('\n', Math.Max(0, index - 1), Math.Max(0, index)) + 1;

    /// <summary>The end of the line's text, before its line break.</summary>
    private int LineEnd(int index)
    {
        var end = Text.IndexOf('\n', index);
        if (end < 0)
            return Text.Length;
        return end > 0 && Text[end - 1] == '\r' ? end - 1 : end;
    }

    private int NextLine(int index)
    {
        var end = Text.IndexOf('\n', index);
        return end < 0 ? Text.Length : end + 1;
    }
}
