using System.Text;
using System.Text.Json;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>The JSON schema of a configuration file, for editors: made from the option records that also read it.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonWriterOptions s_format = new() { Indented = true };

    /// <summary>The schema's text.</summary>
    public static string Text()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_format))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "Configuration of alpaca-server");
            json.WriteString("type", "object");
            json.WriteBoolean("additionalProperties", false);
            json.WriteStartObject("properties");
            WriteFields(json, OptionModel.Of<ConfigurationSections>().Fields);
            json.WriteStartObject("devices");
            json.WriteString("description", "What the server publishes. Left out: the ten simulators.");
            json.WriteString("type", "array");
            json.WriteStartObject("items");
            json.WriteStartArray("anyOf");
            foreach (var driver in DeviceCatalogue.All)
                WriteEntry(json, driver);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteEntry(Utf8JsonWriter json, Driver driver)
    {
        var common = OptionModel.Of<DeviceEntry>().Fields.Where(f => f.Key is not ("type" or "driver"));
        json.WriteStartObject();
        json.WriteString("title", driver.Title);
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        WriteConstant(json, "type", driver.TypeName);
        WriteConstant(json, "driver", driver.Name);
        WriteFields(json, [.. common, .. driver.Options.Fields]);
        json.WriteEndObject();
        WriteRequired(json, ["type", .. driver.Name == Driver.Simulator ? Array.Empty<string>() : ["driver"], .. driver.Options.Fields.Where(f => f.IsRequired).Select(f => f.Key)]);
        json.WriteEndObject();
    }

    private static void WriteConstant(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject(key);
        json.WriteString("const", value);
        json.WriteEndObject();
    }

    private static void WriteRequired(Utf8JsonWriter json, IEnumerable<string> keys)
    {
        json.WriteStartArray("required");
        foreach (var key in keys)
            json.WriteStringValue(key);
        json.WriteEndArray();
    }

    private static void WriteFields(Utf8JsonWriter json, IEnumerable<OptionField> fields)
    {
        foreach (var field in fields)
        {
            json.WriteStartObject(field.Key);
            json.WriteString("description", field.Help);
            WriteType(json, field);
            if (field.Default is { } value && field.Format(value) is { Length: > 0 } text && !field.IsSecret)
                WriteDefault(json, field, text);
            if (field.Example is { } example)
            {
                json.WriteStartArray("examples");
                json.WriteStringValue(example);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }
    }

    private static void WriteType(Utf8JsonWriter json, OptionField field)
    {
        switch (field.Kind)
        {
            case OptionKind.Flag:
                json.WriteString("type", "boolean");
                break;
            case OptionKind.Choice:
                json.WriteStartArray("enum");
                foreach (var word in field.Choices)
                    json.WriteStringValue(word);
                json.WriteEndArray();
                break;
            case OptionKind.Integer or OptionKind.Number or OptionKind.Duration:
                WriteNumber(json, field);
                break;
            case OptionKind.TextList:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                json.WriteString("type", "string");
                json.WriteEndObject();
                break;
            case OptionKind.Group:
                WriteGroup(json, field.Members!);
                break;
            case OptionKind.Table:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                WriteGroup(json, field.Members!);
                json.WriteEndObject();
                break;
            default:
                // Words may look like numbers: a name of 42 is fine. The weather may also be a list of steps.
                json.WriteStartArray("type");
                json.WriteStringValue("string");
                json.WriteStringValue("number");
                if (field.Key == "weather")
                    json.WriteStringValue("array");
                json.WriteEndArray();
                break;
        }
    }

    private static void WriteGroup(Utf8JsonWriter json, OptionModel members)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        WriteFields(json, members.Fields);
        json.WriteEndObject();
        WriteRequired(json, members.Fields.Where(f => f.IsRequired).Select(f => f.Key));
    }

    /// <summary>A number, or with a unit a text of number and unit.</summary>
    private static void WriteNumber(Utf8JsonWriter json, OptionField field)
    {
        json.WriteStartArray("type");
        json.WriteStringValue(field.Kind == OptionKind.Integer ? "integer" : "number");
        if (field.Unit is not null)
            json.WriteStringValue("string");
        json.WriteEndArray();
        if (double.IsFinite(field.Minimum))
            json.WriteNumber("minimum", field.Minimum);
        if (double.IsFinite(field.Maximum))
            json.WriteNumber("maximum", field.Maximum);
        if (field.Unit is { } unit)
            json.WriteString("$comment", $"unit {unit}; understood: {string.Join(", ", OptionUnit.Convertible(unit))}");
    }

    private static void WriteDefault(Utf8JsonWriter json, OptionField field, string text)
    {
        json.WritePropertyName("default");
        if (field.Kind is OptionKind.Flag or OptionKind.Integer or OptionKind.Number or OptionKind.Duration)
            json.WriteRawValue(text);
        else
            json.WriteStringValue(text);
    }
}
