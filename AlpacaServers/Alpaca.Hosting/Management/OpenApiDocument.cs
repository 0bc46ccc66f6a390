using System.Text.Json;
using Alpaca.Contract.Description;

namespace Alpaca.Hosting;

/// <summary>The OpenAPI 3.1 document of the device API, rendered once from the contract's own description.</summary>
internal static class OpenApiDocument
{
    private static readonly Lazy<byte[]> s_bytes = new(Render);

    public static ReadOnlySpan<byte> Bytes => s_bytes.Value;

    private static byte[] Render()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.1.1");
            json.WriteStartObject("info");
            json.WriteString("title", "Alpaca device API");
            json.WriteString("version", "v1");
            json.WriteString("description", "Every member of every ASCOM Alpaca device type. Errors of a device come with status 200 and an ErrorNumber; status 4xx means a malformed request.");
            json.WriteEndObject();
            json.WriteStartArray("servers");
            json.WriteStartObject();
            json.WriteString("url", "/api/v1");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartObject("paths");
            foreach (var device in ApiDescription.Devices.Prepend(ApiDescription.Common))
            {
                foreach (var route in device.Members.GroupBy(m => m.Route))
                {
                    json.WriteStartObject($"/{device.DeviceType}/{{device_number}}/{route.Key}");
                    foreach (var member in route)
                        WriteOperation(json, device, member);
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteOperation(Utf8JsonWriter json, DeviceDescription device, MemberDescription member)
    {
        var isGet = member.Verb == "GET";
        json.WriteStartObject(isGet ? "get" : "put");
        json.WriteString("operationId", $"{(isGet ? "get" : "put")}_{device.DeviceType.Trim('{', '}')}_{member.Route}");
        json.WriteString("summary", member.Summary);
        json.WriteStartArray("tags");
        json.WriteStringValue(device == ApiDescription.Common ? "common" : device.DeviceType);
        json.WriteEndArray();
        json.WriteStartArray("parameters");
        if (device == ApiDescription.Common)
            WriteParameter(json, "path", "device_type", "The device type, lower case.", required: true, WriteDeviceTypes);
        WriteParameter(json, "path", "device_number", "The device's number within its type, from 0.", required: true, WriteIdentifierSchema);
        if (isGet)
        {
            foreach (var parameter in member.Parameters)
                WriteParameter(json, "query", parameter.Name, parameter.Summary, required: true, j => WriteSchema(j, parameter.Type, enumeration: parameter.Enumeration));
            WriteParameter(json, "query", "ClientID", "The client's number of itself.", required: false, WriteIdentifierSchema);
            WriteParameter(json, "query", "ClientTransactionID", "The client's number of this transaction; the reply repeats it.", required: false, WriteIdentifierSchema);
        }

        json.WriteEndArray();
        if (!isGet)
            WriteForm(json, member);
        WriteResponses(json, member);
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, string place, string name, string summary, bool required, Action<Utf8JsonWriter> writeSchema)
    {
        json.WriteStartObject();
        json.WriteString("in", place);
        json.WriteString("name", name);
        if (summary.Length > 0)
            json.WriteString("description", summary);
        json.WriteBoolean("required", required);
        json.WritePropertyName("schema");
        writeSchema(json);
        json.WriteEndObject();
    }

    private static void WriteForm(Utf8JsonWriter json, MemberDescription member)
    {
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", member.Parameters.Count > 0);
        json.WriteStartObject("content");
        json.WriteStartObject("application/x-www-form-urlencoded");
        json.WriteStartObject("schema");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var parameter in member.Parameters)
        {
            json.WritePropertyName(parameter.Name);
            WriteSchema(json, parameter.Type, parameter.Summary, parameter.Enumeration);
        }

        foreach (var name in (ReadOnlySpan<string>)["ClientID", "ClientTransactionID"])
        {
            json.WritePropertyName(name);
            WriteIdentifierSchema(json);
        }

        json.WriteEndObject();
        json.WriteStartArray("required");
        foreach (var parameter in member.Parameters)
            json.WriteStringValue(parameter.Name);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponses(Utf8JsonWriter json, MemberDescription member)
    {
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "The device was asked; ErrorNumber says whether it did as asked.");
        json.WriteStartObject("content");
        json.WriteStartObject("application/json");
        json.WriteStartObject("schema");
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        if (member.Returns is WireType.ImageArray)
        {
            WriteProperty(json, "Type", WireType.Integer);
            WriteProperty(json, "Rank", WireType.Integer);
        }

        if (member.Returns is { } type)
        {
            json.WritePropertyName("Value");
            WriteSchema(json, type, enumeration: member.Enumeration);
        }

        foreach (var name in (ReadOnlySpan<string>)["ClientTransactionID", "ServerTransactionID"])
        {
            json.WritePropertyName(name);
            WriteIdentifierSchema(json);
        }

        WriteProperty(json, "ErrorNumber", WireType.Integer);
        WriteProperty(json, "ErrorMessage", WireType.String);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        if (member.Returns is WireType.ImageArray)
        {
            json.WriteStartObject(Contract.ImageBytesHeader.MediaType);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("4XX");
        json.WriteString("description", "The request is malformed; the text says what to change.");
        json.WriteStartObject("content");
        json.WriteStartObject("text/plain");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, WireType type)
    {
        json.WritePropertyName(name);
        WriteSchema(json, type);
    }

    private static void WriteDeviceTypes(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteStartArray("enum");
        foreach (var device in ApiDescription.Devices)
            json.WriteStringValue(device.DeviceType);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIdentifierSchema(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "integer");
        json.WriteString("format", "uint32");
        json.WriteNumber("minimum", 0);
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, WireType type, string summary = "", Type? enumeration = null)
    {
        json.WriteStartObject();
        if (summary.Length > 0)
            json.WriteString("description", summary);
        switch (type)
        {
            case WireType.Boolean:
                json.WriteString("type", "boolean");
                break;
            case WireType.Integer or WireType.Enumeration:
                json.WriteString("type", "integer");
                json.WriteString("format", "int32");
                if (enumeration is not null)
                    WriteValues(json, enumeration);
                break;
            case WireType.Number:
                json.WriteString("type", "number");
                json.WriteString("format", "double");
                break;
            case WireType.String:
                json.WriteString("type", "string");
                break;
            case WireType.DateTime:
                json.WriteString("type", "string");
                json.WriteString("format", "date-time");
                break;
            default:
                json.WriteString("type", "array");
                json.WritePropertyName("items");
                WriteItems(json, type, enumeration);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>The values an enumeration has on the wire, and what each means: as text for people, and as names that generators of clients take.</summary>
    private static void WriteValues(Utf8JsonWriter json, Type enumeration)
    {
        var values = Enum.GetValuesAsUnderlyingType(enumeration).Cast<int>().ToArray();
        json.WriteStartArray("enum");
        foreach (var value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteStartArray("x-enum-varnames");
        foreach (var value in values)
            json.WriteStringValue(Enum.GetName(enumeration, value));
        json.WriteEndArray();
    }

    private static void WriteItems(Utf8JsonWriter json, WireType list, Type? enumeration)
    {
        switch (list)
        {
            case WireType.StringList:
                WriteSchema(json, WireType.String);
                break;
            case WireType.IntegerList or WireType.EnumerationList:
                WriteSchema(json, WireType.Integer, enumeration: enumeration);
                break;
            case WireType.AxisRateList:
                WriteObject(json, "Minimum", "Maximum", WireType.Number);
                break;
            case WireType.StateList:
                WriteObject(json, "Name", "Value", WireType.String);
                break;
            case WireType.ImageArray:
                json.WriteStartObject();
                json.WriteString("type", "array");
                json.WriteString("description", "A column of the image, or for colour a column of pixels of three planes each.");
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"{list} is not a list.");
        }
    }

    private static void WriteObject(Utf8JsonWriter json, string first, string second, WireType type)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        WriteProperty(json, first, type);
        if (second == "Value")
        {
            json.WriteStartObject(second);
            json.WriteEndObject();
        }
        else
        {
            WriteProperty(json, second, type);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
