using System.Globalization;
using System.Text;
using Alpaca.Devices.Options;

namespace Alpaca.Server.Tests.Configuration;

public sealed class YamlTextTests
{
    private const string Written = """
        # The hilltop observatory.
        server: {port: 11111, host: "*"}   # all interfaces

        devices:
          # The mount came in 2019.
          - type: telescope     # a CEM40
            driver: simulator
            slew_speed: 3 deg/s # do not hurry

            errors:
              cone: 4           # measured in May
            # Nothing below this.
          - {type: camera, name: 'Wide field', width: 100}
          - type: filterwheel
            filters:
              - {name: L, focus_offset: 0}
              - {name: Ha, focus_offset: 30}   # narrow
        # The end.
        """;

    [Theory]
    [InlineData("devices[0].slew_speed", "2.5 deg/s", "slew_speed: 3 deg/s # do", "slew_speed: 2.5 deg/s # do")]
    [InlineData("devices[0].errors.cone", "7", "cone: 4           # m", "cone: 7           # m")]
    [InlineData("devices[1].name", "Narrow, field", "'Wide field'", "'Narrow, field'")]
    [InlineData("devices[1].width", "a, b", "width: 100", "width: \"a, b\"")]
    [InlineData("server.host", "127.0.0.1", "\"*\"", "\"127.0.0.1\"")]
    [InlineData("devices[2].filters[1].focus_offset", "31", "focus_offset: 30}", "focus_offset: 31}")]
    [InlineData("server.name", "A: B #1", "host: \"*\"}", "host: \"*\", name: \"A: B #1\"}")]
    [InlineData("devices[0].errors.axis_azimuth", "5", "# measured in May\n", "# measured in May\n      axis_azimuth: 5\n")]
    [InlineData("devices[0].name", "Big one", "# measured in May\n", "# measured in May\n    name: Big one\n")]
    [InlineData("devices[1].height", "80", "width: 100}", "width: 100, height: 80}")]
    [InlineData("devices[2].name", "yes", "# narrow\n", "# narrow\n    name: yes\n")]
    [InlineData("devices[2].name", "null", "# narrow\n", "# narrow\n    name: \"null\"\n")]
    [InlineData("devices[1].errors.cone", "1", "width: 100}", "width: 100, errors: {cone: 1}}")]
    [InlineData("site.latitude", "19.5 deg", "# narrow\n", "# narrow\nsite:\n  latitude: 19.5 deg\n")]
    public void A_value_is_set_where_it_stands_or_behind_its_neighbours(string path, string value, string before, string after)
    {
        var yaml = new YamlText(Written);
        yaml.Set(path, value);
        Assert.Equal(Written.Replace(before, after, StringComparison.Ordinal), yaml.Text);
    }

    [Theory]
    [InlineData("devices[0].slew_speed", "    slew_speed: 3 deg/s # do not hurry\n", "")]
    [InlineData("devices[0].type", "  - type: telescope     # a CEM40\n    driver", "  -\n    driver")]
    [InlineData("devices[1].type", "type: camera, ", "")]
    [InlineData("devices[1].width", ", width: 100", "")]
    [InlineData("devices[1]", "  - {type: camera, name: 'Wide field', width: 100}\n", "")]
    [InlineData("devices[2].filters[0]", "      - {name: L, focus_offset: 0}\n", "")]
    [InlineData("devices[0].errors.cone", "      cone: 4           # measured in May\n", "")]
    [InlineData("devices[2].nothing", "", "")]
    public void A_key_or_an_entry_is_removed_with_its_lines_and_nothing_else(string path, string before, string after)
    {
        var yaml = new YamlText(Written);
        yaml.Remove(path);
        Assert.Equal(before.Length == 0 ? Written : Written.Replace(before, after, StringComparison.Ordinal), yaml.Text);
    }

    [Fact]
    public void An_entry_is_added_behind_the_last_one()
    {
        var yaml = new YamlText(Written);
        yaml.Append("devices", Map(("type", "dome"), ("name", "North dome")));
        Assert.Equal(Written.Replace("# narrow\n", "# narrow\n  - type: dome\n    name: North dome\n", StringComparison.Ordinal), yaml.Text);
        yaml.Append("devices[2].filters", Map(("name", "OIII"), ("focus_offset", "28")));
        Assert.Contains("# narrow\n      - {name: OIII, focus_offset: 28}\n  - type: dome\n", yaml.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "devices:\n  - type: dome\n")]
    [InlineData("# nothing yet\n", "# nothing yet\ndevices:\n  - type: dome\n")]
    [InlineData("server: {port: 1}", "server: {port: 1}\ndevices:\n  - type: dome")]
    [InlineData("devices: []  # none\n", "devices:\n  - type: dome  # none\n")]
    [InlineData("devices:  # none\nserver: {}\n", "devices:\n  - type: dome  # none\nserver: {}\n")]
    [InlineData("{devices: [], server: {}}\n", "{devices: [{type: dome}], server: {}}\n")]
    [InlineData("devices: [{type: rotator}]\n", "devices: [{type: rotator}, {type: dome}]\n")]
    [InlineData("devices:\n- type: rotator\n", "devices:\n- type: rotator\n- type: dome\n")]
    [InlineData("devices:\r\n  - type: rotator # r\r\n", "devices:\r\n  - type: rotator # r\r\n  - type: dome\r\n")]
    public void A_list_is_made_where_there_is_none(string before, string after)
    {
        var yaml = new YamlText(before);
        yaml.Append("devices", Map(("type", "dome")));
        Assert.Equal(after, yaml.Text);
    }

    [Theory]
    [InlineData("devices:\n  - type: dome   # the last\n", "devices: []   # the last\n")]
    [InlineData("devices: [{type: dome}]\n", "devices: []\n")]
    public void The_last_entry_leaves_an_empty_list(string before, string after)
    {
        var yaml = new YamlText(before);
        yaml.Remove("devices[0]");
        Assert.Equal(after, yaml.Text);
    }

    [Fact]
    public void What_cannot_be_changed_safely_is_refused_and_left_alone()
    {
        const string Aliased = "a: &x {cone: 4}\nb: *x\nc: &y 5\nd: *y\n";
        var yaml = new YamlText(Aliased);
        foreach (var path in (string[])["b.cone", "d", "a.cone", "c"])
            Assert.Contains("cannot be changed from here", Assert.Throws<ConfigurationException>(() => yaml.Set(path, "7")).Message, StringComparison.Ordinal);
        Assert.Equal(Aliased, yaml.Text);
    }

    [Theory]
    [InlineData("\n", 1)]
    [InlineData("\n", 2)]
    [InlineData("\r\n", 3)]
    [InlineData("\n", 4)]
    [InlineData("\n", 6)]
    [InlineData("\n", 7)]
    [InlineData("\r\n", 5)]
    public void Random_changes_of_random_files_do_what_was_asked_and_leave_every_other_byte(string newLine, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 120; round++)
        {
            var document = RandomYaml.Document(random).Replace("\n", newLine, StringComparison.Ordinal);
            var yaml = new YamlText(document);
            for (var change = 0; change < 6; change++)
                ChangeOnce(yaml, random);
        }
    }

    private static void ChangeOnce(YamlText yaml, Random random)
    {
        var before = yaml.Text;
        var content = yaml.Content;
        var places = Places(content, "").ToArray();
        var comments = Comments(before);
        if (places.Length == 0)
            return;
        var place = places[random.Next(places.Length)];
        switch (random.Next(4))
        {
            case 0 when place.Node.Text is not null:
                var value = RandomYaml.Value(random);
                yaml.Set(place.Path, value);
                Assert.Equal(value, At(yaml.Content, place.Path).Text);
                AssertOneSpanChanged(before, yaml.Text, 1);
                break;
            case 1 when place.Node.Entries is { Count: > 0 }:
                yaml.Set(place.Path + ".added" + random.Next(1000).ToString(CultureInfo.InvariantCulture), RandomYaml.Value(random));
                AssertOneSpanChanged(before, yaml.Text, 0);
                break;
            case 2 when place.Node.Items is { Count: > 0 }:
                yaml.Append(place.Path, Map(("type", "dome"), ("name", RandomYaml.Value(random))));
                AssertOneSpanChanged(before, yaml.Text, 0);
                break;
            default:
                yaml.Remove(place.Path);
                var lost = Comments(before).Except(Comments(yaml.Text)).Count();
                Assert.True(lost <= Math.Max(1, 3 * Count(place.Node)), $"{place.Path}: {lost} comments lost\n{before}\n----\n{yaml.Text}");
                return;
        }

        Assert.Equal(comments, Comments(yaml.Text));
    }

    /// <summary>All but one span is the same; at most so many characters of what was there before are gone.</summary>
    private static void AssertOneSpanChanged(string before, string after, int spans)
    {
        var head = before.Zip(after).TakeWhile(p => p.First == p.Second).Count();
        var tail = before.Reverse().Zip(after.Reverse()).TakeWhile(p => p.First == p.Second).Count();
        var gone = Math.Max(0, before.Length - head - tail);
        var removed = before.Substring(head, gone);
        if (spans == 0)
            Assert.Equal("", removed);
        else
            Assert.DoesNotContain("\n", removed, StringComparison.Ordinal);
    }

    private static string[] Comments(string text) => [.. text.Split('\n').Select(l => l.IndexOf("#c", StringComparison.Ordinal) is >= 0 and var i ? l[i..].TrimEnd() : "").Where(c => c.Length > 0)];

    private static int Count(OptionNode node) => 1 + (node.Entries ?? []).Sum(e => 2 * Count(e.Value)) + (node.Items ?? []).Sum(i => 2 * Count(i));

    private static OptionNode At(OptionNode node, string path) => YamlPath.Steps(path).Aggregate(node, (n, step) => step is int i ? n.Items![i] : n.Find((string)step)!);

    private static IEnumerable<(string Path, OptionNode Node)> Places(OptionNode node, string path)
    {
        foreach (var (key, value) in node.Entries ?? [])
        {
            var below = path.Length == 0 ? key : $"{path}.{key}";
            yield return (below, value);
            foreach (var place in Places(value, below))
                yield return place;
        }

        for (var i = 0; i < (node.Items?.Count ?? 0); i++)
        {
            yield return (FormattableString.Invariant($"{path}[{i}]"), node.Items![i]);
            foreach (var place in Places(node.Items[i], FormattableString.Invariant($"{path}[{i}]")))
                yield return place;
        }
    }

    private static OptionNode Map(params (string Key, string Text)[] entries) =>
        OptionNode.Mapping(entries.Select(e => KeyValuePair.Create(e.Key, OptionNode.Scalar(e.Text))));
}

/// <summary>Files as people write them, from a seed.</summary>
internal static class RandomYaml
{
    private static readonly string[] s_values =
    [
        "5", "-3.5 deg", "2 min", "Hill top", "a, b", "yes", "null", "x: y", "# not a comment", "'quoted'", "\"double\"", "[1]", "{a}", "µm", "🔭 scope", "- dash", "*star",
        "&and", "!bang", "%percent", "@at", "`tick", " leading", "trailing ", "back\\slash", "~", "", "0x1F", "1e5", "a #b", "a:b", "?", "|", ">", "env:NAME",
    ];

    private static int s_comment;

    public static string Value(Random random) => s_values[random.Next(s_values.Length)];

    public static string Document(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(2) == 0)
            text.Append("#c head\n\n");
        for (var i = 0; i < 2 + random.Next(3); i++)
            Entry(text, random, $"key{i}", 0, 0);
        if (random.Next(2) == 0)
            text.Append("#c tail\n");
        return text.ToString();
    }

    private static void Entry(StringBuilder text, Random random, string key, int column, int depth)
    {
        var indent = new string(' ', column);
        if (random.Next(4) == 0)
            text.Append(random.Next(2) == 0 ? "\n" : $"{indent}{Comment()}\n");
        text.Append(indent);
        Tail(text, random, key, column, depth);
    }

    private static void Tail(StringBuilder text, Random random, string key, int column, int depth)
    {
        switch (depth > 2 ? 0 : random.Next(5))
        {
            case 1:
                text.Append(key).Append(':').Append(MaybeComment(random)).Append('\n');
                for (var i = 0; i < 1 + random.Next(3); i++)
                    Entry(text, random, $"sub{i}", column + 2, depth + 1);
                break;
            case 2:
                text.Append(key).Append(':').Append(MaybeComment(random)).Append('\n');
                var offset = random.Next(2) * 2;
                for (var i = 0; i < 1 + random.Next(3); i++)
                {
                    text.Append(' ', column + offset).Append("- ");
                    Tail(text, random, "type", column + offset + 2, depth + 1);
                    for (var j = 0; j < random.Next(3); j++)
                        Entry(text, random, $"item{j}", column + offset + 2, depth + 1);
                }

                break;
            case 3:
                text.Append(key).Append(": {a: ").Append(Written(random, true)).Append(", b: [").Append(Written(random, true)).Append(", {c: 1}], d: {}}").Append(MaybeComment(random)).Append('\n');
                break;
            default:
                text.Append(key).Append(": ").Append(Written(random, false)).Append(MaybeComment(random)).Append('\n');
                break;
        }
    }

    private static string Written(Random random, bool inFlow) => YamlScalars.Write(
        Value(random), inFlow, random.Next(4) switch { 0 => YamlDotNet.Core.ScalarStyle.SingleQuoted, 1 => YamlDotNet.Core.ScalarStyle.DoubleQuoted, _ => YamlDotNet.Core.ScalarStyle.Plain });

    private static string MaybeComment(Random random) => random.Next(3) == 0 ? "   " + Comment() : "";

    private static string Comment() => FormattableString.Invariant($"#c{s_comment++} [it's: {{a}} \"comment\"]");
}
