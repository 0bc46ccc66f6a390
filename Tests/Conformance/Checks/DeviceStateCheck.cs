using System.Text.Json;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>DeviceState against the properties that it gathers.</summary>
internal sealed class DeviceStateCheck : DeviceCheck
{
    private const string TimeStamp = "TimeStamp";

    public override string Name => "device state";

    public override Stage Stage => Stage.Connected;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        if (!device.IsPlatform7)
        {
            device.Omit(Name, $"version {device.InterfaceVersion} of the interface has no DeviceState");
            return;
        }

        var expected = await PropertiesAsync(device, cancel);
        var before = await ReadAllAsync(device, expected, cancel);
        var state = await device.ReadAsync("devicestate", cancel);
        var after = await ReadAllAsync(device, expected, cancel);
        if (!state.IsDone || state.Value is not { ValueKind: JsonValueKind.Array } list)
        {
            device.Find(Rules.DeviceState, device.Get("devicestate"), "a list of names and values", state);
            return;
        }

        var entries = new Dictionary<string, JsonElement>();
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty(nameof(Name), out var name) || name.ValueKind != JsonValueKind.String || !entry.TryGetProperty("Value", out var value))
                device.Find(Rules.DeviceState, device.Get("devicestate"), "entries with Name and Value", entry.GetRawText());
            else if (!entries.TryAdd(name.GetString()!, value))
                device.Find(Rules.DeviceState, device.Get("devicestate"), $"{name.GetString()} once", state);
        }

        if (!entries.ContainsKey(TimeStamp))
            device.Find(Rules.TimeStamp, device.Get("devicestate"), "an entry TimeStamp", $"{string.Join(", ", entries.Keys)}");
        foreach (var stranger in entries.Keys.Where(k => k != TimeStamp && expected.All(p => p.Name != k)))
            device.Find(Rules.DeviceState, device.Get("devicestate"), "only the names of the standard, cased as there", $"an entry {stranger}");
        foreach (var property in expected)
            Judge(device, property, entries, before[property.Name], after[property.Name]);
    }

    private static void Judge(Device device, Property property, Dictionary<string, JsonElement> entries, Reply before, Reply after)
    {
        if (!before.IsDone || !after.IsDone)
        {
            return;
        }

        if (!entries.TryGetValue(property.Name, out var entry))
        {
            device.Find(Rules.DeviceState, device.Get("devicestate"), $"an entry {property.Name}: {property.Member} can be read", $"{string.Join(", ", entries.Keys)}");
            return;
        }

        // What changes by itself cannot be compared; what was the same before and after must have been so in between.
        var (first, last) = (before.Value!.Value.GetRawText(), after.Value!.Value.GetRawText());
        if (entry.ValueKind != before.Value.Value.ValueKind && !(IsBoolean(entry) && IsBoolean(before.Value.Value)))
            device.Find(Rules.DeviceState, device.Get("devicestate"), $"{property.Name} as {property.Member} has it: {first}", entry.GetRawText());
        else if (first == last && first != entry.GetRawText())
            device.Find(Rules.DeviceState, device.Get("devicestate"), $"{property.Name} {first}, as {property.Member} says before and after", entry.GetRawText());
    }

    private static bool IsBoolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;

    private static async Task<IReadOnlyList<Property>> PropertiesAsync(Device device, CancellationToken cancel)
    {
        var names = Standard.StateNames(device.Type);
        if (device.Type != "switch")
            return [.. names.Select(n => new Property(n, n.ToLowerInvariant(), []))];
        var count = (int)((await device.ReadAsync("maxswitch", cancel)).Number ?? 0);
        return [.. Enumerable.Range(0, count).SelectMany(id => names.Select(n => new Property(FormattableString.Invariant($"{n}{id}"), n.ToLowerInvariant(), [("Id", FormattableString.Invariant($"{id}"))])))];
    }

    private static async Task<Dictionary<string, Reply>> ReadAllAsync(Device device, IReadOnlyList<Property> properties, CancellationToken cancel)
    {
        var read = new Dictionary<string, Reply>();
        foreach (var property in properties)
            read[property.Name] = await device.ReadAsync(property.Member, cancel, property.Parameters);
        return read;
    }

    private sealed record Property(string Name, string Member, (string, string)[] Parameters);
}
