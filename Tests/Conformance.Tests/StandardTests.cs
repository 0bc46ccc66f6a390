using Alpaca.Contract.Description;
using Conformance.Api;

namespace Conformance.Tests;

/// <summary>What the checks believe about the standard, against what the contract says: two lists from different hands.</summary>
public sealed class StandardTests
{
    [Fact]
    public void Both_have_the_same_types_versions_and_states()
    {
        Assert.Equal(ApiDescription.Devices.Select(d => d.DeviceType).Order(StringComparer.Ordinal), OfficialApi.DeviceTypes);
        Assert.All(ApiDescription.Devices, device =>
        {
            Assert.Equal(device.InterfaceVersion, Standard.NewestVersion(device.DeviceType));
            Assert.Equal(device.Members.Where(m => m.InDeviceState).Select(m => m.Name).Order(StringComparer.Ordinal), Standard.StateNames(device.DeviceType).Order(StringComparer.Ordinal));
        });
    }

    [Fact]
    public void The_checks_know_every_operation_of_the_description()
    {
        var all = OfficialApi.DeviceTypes.SelectMany(OfficialApi.Of).ToList();
        Assert.Equal((10 * 16) + 181 - 9 + 87 - 7, all.Count);
        Assert.Equal(181 - 9, all.Count(o => o is { IsGet: true, IsCommon: false }));
    }
}
