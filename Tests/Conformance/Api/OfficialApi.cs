namespace Conformance.Api;

/// <summary>
/// ASCOM's official API description as this program carries it: one line per operation in <c>official-operations.txt</c>,
/// which a test compares with the official file.
/// </summary>
public static class OfficialApi
{
    private const string AnyType = "{device_type}";
    private static readonly ILookup<string, Line> s_lines = Read().ToLookup(l => l.DeviceType);

    /// <summary>The device types, as URLs spell them.</summary>
    public static IReadOnlyList<string> DeviceTypes { get; } = [.. s_lines.Select(g => g.Key).Where(t => t != AnyType).Order(StringComparer.Ordinal)];

    /// <summary>All operations of a device type: those that every device has, then its own.</summary>
    public static IReadOnlyList<Operation> Of(string deviceType) =>
    [
        .. s_lines[AnyType].Select(l => l.ToOperation(deviceType, isCommon: true)),
        .. s_lines[deviceType].Select(l => l.ToOperation(deviceType, isCommon: false)),
    ];

    private static IEnumerable<Line> Read()
    {
        using var reader = new StreamReader(typeof(OfficialApi).Assembly.GetManifestResourceStream("official-operations.txt")!);
        while (reader.ReadLine() is { } line)
            yield return Parse(line);
    }

    /// <summary>Reads a line such as <c>PUT /focuser/move Position:integer -> -</c>.</summary>
    private static Line Parse(string line)
    {
        var words = line.Split(' ');
        var path = words[1].Split('/');
        return new Line(
            words[0],
            path[1],
            path[2],
            [.. words[2..^2].Select(w => new Parameter(w[..w.IndexOf(':')], KindOf(w[(w.IndexOf(':') + 1)..])))],
            words[^1] == "-" ? null : KindOf(words[^1]));
    }

    private static ValueKind KindOf(string word) => word switch
    {
        "boolean" => ValueKind.Boolean,
        "integer" => ValueKind.Integer,
        "number" => ValueKind.Number,
        "string" => ValueKind.String,
        "date-time" => ValueKind.DateTime,
        "array<string>" => ValueKind.StringList,
        "array<integer>" => ValueKind.IntegerList,
        "array<object>" => ValueKind.ObjectList,
        "image" => ValueKind.Image,
        _ => throw new InvalidDataException($"official-operations.txt has an unknown type \"{word}\"."),
    };

    private sealed record Line(string Verb, string DeviceType, string Member, IReadOnlyList<Parameter> Parameters, ValueKind? Returns)
    {
        public Operation ToOperation(string deviceType, bool isCommon) => new(Verb, deviceType, Member, Parameters, Returns, isCommon);
    }
}
