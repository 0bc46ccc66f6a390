using YamlDotNet.RepresentationModel;

namespace Alpaca.Contract.Tests;

/// <summary>
/// Reads ASCOM's official API description into lines such as <c>PUT /focuser/move Position:integer -> -</c>:
/// verb, path without the device number, device parameters (with ? if they may be left out), type of Value.
/// </summary>
internal sealed class OfficialDescription
{
    private readonly YamlMappingNode _root;

    private OfficialDescription(YamlMappingNode root) => _root = root;

    /// <summary>The official file, looked for upwards from where the tests run; null if it is not there.</summary>
    public static string? FindFile()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var file = Path.Combine(directory.FullName, "shared", "standards", "AlpacaDeviceAPI_v1.yaml");
            if (File.Exists(file))
                return file;
        }

        return null;
    }

    public static OfficialDescription Load(string file)
    {
        using var reader = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return new OfficialDescription((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    public IReadOnlyList<string> Paths => [.. Map(_root, "paths").Children.Keys.Select(k => Text(k))];

    public IReadOnlyList<string> Operations() =>
    [
        .. Map(_root, "paths").Children
            .SelectMany(path => ((YamlMappingNode)path.Value).Children.Select(verb => Operation(Text(path.Key), Text(verb.Key), (YamlMappingNode)verb.Value)))
            .Order(StringComparer.Ordinal),
    ];

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string? TextOf(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? Text(value) : null;

    private static IEnumerable<YamlNode> List(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? (YamlSequenceNode)value : [];

    private YamlMappingNode Map(YamlMappingNode node, string key) => Resolve(node.Children[key]);

    /// <summary>The node itself, or the one it refers to.</summary>
    private YamlMappingNode Resolve(YamlNode node)
    {
        var map = (YamlMappingNode)node;
        return TextOf(map, "$ref") is { } reference
            ? reference.Split('/').Skip(1).Aggregate(_root, (at, key) => Map(at, key))
            : map;
    }

    private string Operation(string path, string verb, YamlMappingNode operation)
    {
        var parameters = List(operation, "parameters").Select(Resolve)
            .Where(p => TextOf(p, "in") == "query")
            .Select(p => Parameter(TextOf(p, "name")!, TextOf(p, "required") == "true", Map(p, "schema")));
        if (operation.Children.ContainsKey("requestBody"))
        {
            var schema = Map(Map(Map(Map(operation, "requestBody"), "content"), "application/x-www-form-urlencoded"), "schema");
            parameters = parameters.Concat(Parts(schema).SelectMany(part => Map(part, "properties").Children.Select(p =>
                Parameter(Text(p.Key), List(part, "required").Any(r => Text(r) == Text(p.Key)), Resolve(p.Value)))));
        }

        var words = parameters.Where(p => !p.StartsWith("Client", StringComparison.Ordinal)).Prepend(path.Replace("/{device_number}", "", StringComparison.Ordinal));
        return $"{verb.ToUpperInvariant()} {string.Join(' ', words)} -> {ValueOf(operation)}";
    }

    private string Parameter(string name, bool isRequired, YamlMappingNode schema) => $"{name}{(isRequired ? "" : "?")}:{TypeOf(schema)}";

    private string ValueOf(YamlMappingNode operation)
    {
        var schema = Map(Map(Map(Map(Map(operation, "responses"), "200"), "content"), "application/json"), "schema");
        foreach (var part in Parts(schema))
        {
            // Only images have alternatives: one plane or several.
            if (part.Children.ContainsKey("oneOf"))
                return "image";
            if (part.Children.ContainsKey("properties") && Map(part, "properties").Children.TryGetValue("Value", out var value))
                return TypeOf(Resolve(value));
        }

        return "-";
    }

    private IEnumerable<YamlMappingNode> Parts(YamlMappingNode schema) =>
        schema.Children.ContainsKey("allOf") ? List(schema, "allOf").Select(Resolve) : [schema];

    private string TypeOf(YamlMappingNode schema) => TextOf(schema, "type") switch
    {
        "array" => $"array<{TypeOf(Map(schema, "items"))}>",
        var type => TextOf(schema, "format") == "date-time" ? "date-time" : type!,
    };
}

/// <summary>A test against the official description, skipped where that file is not at hand.</summary>
internal sealed class OfficialFactAttribute : FactAttribute
{
    public OfficialFactAttribute()
    {
        if (OfficialDescription.FindFile() is null)
            Skip = "shared/standards/AlpacaDeviceAPI_v1.yaml is not above the test's folder.";
    }
}
