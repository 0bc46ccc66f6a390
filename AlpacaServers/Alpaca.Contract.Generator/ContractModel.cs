using Microsoft.CodeAnalysis;

namespace Alpaca.Contract.Generator;

/// <summary>The contract as the writers need it.</summary>
internal sealed class ContractModel
{
    private ContractModel(DeviceModel common, IReadOnlyList<DeviceModel> devices) => (Common, Devices) = (common, devices);

    public DeviceModel Common { get; }

    public IReadOnlyList<DeviceModel> Devices { get; }

    public static ContractModel Read(Compilation compilation)
    {
        var common = compilation.GetTypeByMetadataName("Alpaca.Contract.IAlpacaDevice")!;
        var devices = common.ContainingNamespace.GetTypeMembers()
            .Select(type => (type, attribute: type.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "AlpacaDeviceAttribute")))
            .Where(x => x.attribute is not null)
            .Select(x => new DeviceModel(x.type, (string)x.attribute!.ConstructorArguments[0].Value!, Version(x.attribute)))
            .OrderBy(d => d.DeviceType, System.StringComparer.Ordinal)
            .ToList();
        return new ContractModel(new DeviceModel(common, "{device_type}", 0), devices);
    }

    private static int Version(AttributeData attribute) =>
        (int)attribute.NamedArguments.First(a => a.Key == "InterfaceVersion").Value.Value!;
}

/// <summary>One device interface.</summary>
internal sealed class DeviceModel
{
    public DeviceModel(INamedTypeSymbol type, string deviceType, int version)
    {
        InterfaceName = type.Name;
        DeviceType = deviceType;
        Version = version;
        Summary = Documentation.Summary(type);
        Members = type.GetMembers().OfType<IMethodSymbol>().Select(MemberModel.TryRead).OfType<MemberModel>().ToList();
    }

    public string InterfaceName { get; }

    /// <summary>The interface's name without its I.</summary>
    public string ClassName => InterfaceName.Substring(1);

    public string DeviceType { get; }

    public int Version { get; }

    public string Summary { get; }

    public IReadOnlyList<MemberModel> Members { get; }
}
