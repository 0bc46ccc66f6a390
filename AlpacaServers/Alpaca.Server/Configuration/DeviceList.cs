using Alpaca.Contract.Description;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Options;

namespace Alpaca.Server;

/// <summary>Reads <c>devices</c>: each entry's common keys, and the rest by the options of its driver.</summary>
internal static class DeviceList
{
    private static readonly OptionModel s_entry = OptionModel.Of<DeviceEntry>();

    /// <summary>The keys that every entry may have.</summary>
    public static IReadOnlyList<string> CommonKeys { get; } = [.. s_entry.Fields.Select(f => f.Key)];

    /// <summary>What a server without a configuration publishes: the ten simulators, each with number 0.</summary>
    public static IReadOnlyList<ConfiguredDevice> Default { get; } =
        [.. DeviceCatalogue.All.Where(d => d.Name == Driver.Simulator).Select(d => new ConfiguredDevice(d, new DeviceEntry { Type = d.DeviceType }, 0, d.Options.Create(), Entry(d)))];

    /// <summary>The least that an entry says.</summary>
    public static OptionNode Entry(Driver driver) =>
        OptionNode.Mapping([KeyValuePair.Create("type", OptionNode.Scalar(driver.TypeName)), KeyValuePair.Create("driver", OptionNode.Scalar(driver.Name))]);

    /// <summary>Reads the list; what is wrong with it is added to the faults.</summary>
    public static IReadOnlyList<ConfiguredDevice> Read(OptionNode list, ICollection<OptionFault> faults)
    {
        if (list.IsUnset)
            return [];
        if (list.Items is not { } items)
        {
            faults.Add(new("devices", "it must be a list.", list.Line));
            return [];
        }

        var devices = new List<ConfiguredDevice>();
        for (var i = 0; i < items.Count; i++)
        {
            if (Read(items[i], FormattableString.Invariant($"devices[{i}]"), devices, faults) is { } device)
                devices.Add(device);
        }

        return devices;
    }

    /// <summary>Reads one entry; null if it is wrong.</summary>
    /// <param name="node">The entry.</param>
    /// <param name="path">Where it is, for what is wrong with it.</param>
    /// <param name="before">The entries before it: it gets a number none of them has.</param>
    public static ConfiguredDevice? Read(OptionNode node, string path, IReadOnlyCollection<ConfiguredDevice> before, ICollection<OptionFault> faults)
    {
        var count = faults.Count;
        var common = OptionNode.Mapping((node.Entries ?? []).Where(e => CommonKeys.Contains(e.Key)), node.Line);
        var entry = (DeviceEntry)s_entry.Bind(node.Entries is null ? node : common, faults, path);
        if (faults.Count > count)
            return null;
        if (DeviceCatalogue.Find(entry.Type, entry.Driver) is not { } driver)
        {
            var known = DeviceCatalogue.Of(entry.Type).Select(d => d.Name).ToArray();
            var nearest = known.Length > 1 ? $" Did you mean {OptionWords.Nearest(entry.Driver, known)}?" : "";
            faults.Add(new($"{path}.driver", $"\"{entry.Driver}\" is not a driver of this type.{nearest} There are: {string.Join(", ", known)}.", node.Find("driver")?.Line ?? node.Line));
            return null;
        }

        var own = OptionNode.Mapping(node.Entries!.Where(e => !CommonKeys.Contains(e.Key)), node.Line);
        var options = driver.Options.Bind(own, faults, path, CommonKeys);
        var taken = before.Where(d => d.Driver.DeviceType == entry.Type).Select(d => d.Number).ToHashSet();
        var number = (uint)(entry.Number ?? Enumerable.Range(0, taken.Count + 1).First(n => !taken.Contains((uint)n)));
        var newest = ApiDescription.Devices.Single(d => d.DeviceType == driver.TypeName).InterfaceVersion;
        if (entry.InterfaceVersion > newest)
            faults.Add(new($"{path}.interface_version", $"a {driver.TypeName} has versions 1 to {newest} of its interface.", node.Find("interface_version")?.Line ?? node.Line));
        if (taken.Contains(number))
            faults.Add(new($"{path}.number", $"{driver.TypeName} {number} is there twice. Give each its own number.", node.Find("number")?.Line ?? node.Line));
        return faults.Count > count ? null : new ConfiguredDevice(driver, entry, number, options, node);
    }
}
