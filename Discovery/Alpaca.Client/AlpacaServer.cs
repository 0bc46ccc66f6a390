using System.Text.Json;

namespace Alpaca.Client;

/// <summary>What a server says about itself, and the devices it has.</summary>
/// <param name="BaseAddress">The server's root.</param>
/// <param name="Name">The server's name for people.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Version">Its version.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Devices">Its devices.</param>
public sealed record AlpacaServer(Uri BaseAddress, string Name, string Manufacturer, string Version, string Location, IReadOnlyList<ConfiguredDevice> Devices)
{
    /// <summary>Asks a server what it is.</summary>
    /// <exception cref="AlpacaLinkException">There is no Alpaca server at the address; the message says what there is.</exception>
    public static async ValueTask<AlpacaServer> ReadAsync(Uri baseAddress, CancellationToken cancel = default)
    {
        using var connection = new AlpacaConnection(baseAddress);
        return await ReadAsync(connection, cancel);
    }

    /// <inheritdoc cref="ReadAsync(Uri, CancellationToken)"/>
    public static async ValueTask<AlpacaServer> ReadAsync(AlpacaConnection connection, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var about = await connection.GetAsync("management/v1/description", default, Strings, Subject("description"), cancel);
        var devices = await connection.GetAsync("management/v1/configureddevices", default, ConfiguredDevices, Subject("configureddevices"), cancel);
        return new AlpacaServer(connection.BaseAddress, About("ServerName"), About("Manufacturer"), About("ManufacturerVersion"), About("Location"), devices!);

        RequestSubject Subject(string member) => new(connection.BaseAddress, "management", member, false);
        string About(string key) => about!.GetValueOrDefault(key, string.Empty);
    }

    /// <summary>Whether two replies come from one server that has several addresses: the devices' unique IDs tell.</summary>
    public bool IsSameAs(AlpacaServer other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return BaseAddress.Port == other.BaseAddress.Port
            && Devices.Select(d => d.UniqueID).Order(StringComparer.Ordinal).SequenceEqual(other.Devices.Select(d => d.UniqueID).Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Strings(ref Utf8JsonReader json)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (json.TokenType != JsonTokenType.StartObject)
            throw AlpacaJson.Wrong(json, "an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                json.Skip();
            else
                values[key] = json.TokenType is JsonTokenType.String or JsonTokenType.Null ? AlpacaJson.String(ref json) : System.Text.Encoding.UTF8.GetString(json.ValueSpan);
        }

        return values;
    }

    private static List<ConfiguredDevice> ConfiguredDevices(ref Utf8JsonReader json) => AlpacaJson.List(ref json, Device);

    private static ConfiguredDevice Device(ref Utf8JsonReader json)
    {
        var values = Strings(ref json);
        return values.TryGetValue("DeviceType", out var type) && values.TryGetValue("DeviceNumber", out var text)
            && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? new ConfiguredDevice(values.GetValueOrDefault("DeviceName", string.Empty), type.ToLowerInvariant(), number, values.GetValueOrDefault("UniqueID", string.Empty))
            : throw new InvalidDataException("a configured device lacks DeviceType or DeviceNumber.");
    }
}
