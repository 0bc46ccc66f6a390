using Alpaca.Contract.Description;

namespace Alpaca.Client;

/// <summary>Which operational properties are floating-point numbers, per device type.</summary>
internal static class StateNumbers
{
    private static readonly Dictionary<string, HashSet<string>> s_names = ApiDescription.Devices.ToDictionary(
        d => d.DeviceType,
        d => d.Members.Where(m => m.InDeviceState && m.Returns == WireType.Number).Select(m => m.Name).ToHashSet(StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>The names without the switch number that ISwitch appends.</summary>
    public static HashSet<string> Of(string deviceType) => s_names[deviceType];
}
