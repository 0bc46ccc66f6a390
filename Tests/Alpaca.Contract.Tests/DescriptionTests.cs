using Alpaca.Contract.Description;

namespace Alpaca.Contract.Tests;

/// <summary>The contract against ASCOM's official API description.</summary>
public sealed class DescriptionTests
{
    private static readonly string[] s_golden = ReadGolden();

    [Fact]
    public void The_contract_has_every_official_operation_and_one_more()
    {
        var described = All().Select(x => Line(x.Device, x.Member)).ToList();

        // The one difference: ISwitchV3 has CancelAsync and conformance checkers call it, but the official description leaves it out.
        Assert.Equal(["PUT /switch/cancelasync Id:integer -> -"], described.Except(s_golden));
        Assert.Empty(s_golden.Except(described));
        Assert.Equal(described.Count, described.Distinct().Count());
    }

    [OfficialFact]
    public void The_list_in_this_repository_is_the_official_one()
    {
        var official = OfficialDescription.Load(OfficialDescription.FindFile()!);
        Assert.Equal(234, official.Paths.Count);
        Assert.Equal(official.Operations(), s_golden);
    }

    [Fact]
    public void The_list_has_as_many_operations_as_the_standard()
    {
        Assert.Equal(181, s_golden.Count(l => l.StartsWith("GET ", StringComparison.Ordinal)));
        Assert.Equal(87, s_golden.Count(l => l.StartsWith("PUT ", StringComparison.Ordinal)));
        Assert.Equal(234, s_golden.Select(l => l.Split(' ')[1]).Distinct().Count());
    }

    [Theory]
    [InlineData("{device_type}", 15)]
    [InlineData("camera", 59)]
    [InlineData("covercalibrator", 11)]
    [InlineData("dome", 24)]
    [InlineData("filterwheel", 3)]
    [InlineData("focuser", 11)]
    [InlineData("observingconditions", 17)]
    [InlineData("rotator", 12)]
    [InlineData("safetymonitor", 1)]
    [InlineData("switch", 16)]
    [InlineData("telescope", 65)]
    public void Each_type_has_its_number_of_paths(string type, int count)
    {
        var members = All().Where(x => x.Device.DeviceType == type && x.Member.BeyondTheDescription is null);
        Assert.Equal(count, members.Select(x => x.Member.Route).Distinct().Count());
    }

    [Theory]
    [InlineData("camera", 4)]
    [InlineData("covercalibrator", 2)]
    [InlineData("dome", 3)]
    [InlineData("filterwheel", 3)]
    [InlineData("focuser", 4)]
    [InlineData("observingconditions", 2)]
    [InlineData("rotator", 4)]
    [InlineData("safetymonitor", 3)]
    [InlineData("switch", 3)]
    [InlineData("telescope", 4)]
    public void Each_type_has_the_newest_interface_version(string type, int version) =>
        Assert.Equal(version, ApiDescription.Devices.Single(d => d.DeviceType == type).InterfaceVersion);

    [Fact]
    public void Only_what_the_description_lacks_says_that_it_is_beyond_it()
    {
        var (device, member) = Assert.Single(All(), x => x.Member.BeyondTheDescription is not null);
        Assert.Equal(("switch", "CancelAsync"), (device.DeviceType, member.Name));
    }

    [Fact]
    public void Every_type_and_every_member_is_documented_in_sentences()
    {
        Assert.All(ApiDescription.Devices, d => Assert.EndsWith(".", d.Summary, StringComparison.Ordinal));
        Assert.All(All(), x => Assert.True(x.Member.Summary.EndsWith('.'), $"{x.Device.DeviceType} {x.Member.Verb} {x.Member.Name} has no summary."));
    }

    [Fact]
    public void The_operational_state_has_the_standards_names()
    {
        // From ASCOM's DeviceState definition, per type; a switch's have their number appended.
        var expected = new Dictionary<string, string>
        {
            ["camera"] = "CCDTemperature CameraState CoolerPower HeatSinkTemperature ImageReady IsPulseGuiding PercentCompleted",
            ["covercalibrator"] = "Brightness CalibratorChanging CalibratorState CoverMoving CoverState",
            ["dome"] = "Altitude AtHome AtPark Azimuth ShutterStatus Slewing",
            ["filterwheel"] = "Position",
            ["focuser"] = "IsMoving Position Temperature",
            ["observingconditions"] = "CloudCover DewPoint Humidity Pressure RainRate SkyBrightness SkyQuality SkyTemperature StarFWHM Temperature WindDirection WindGust WindSpeed",
            ["rotator"] = "IsMoving MechanicalPosition Position",
            ["safetymonitor"] = "IsSafe",
            ["switch"] = "GetSwitch GetSwitchValue StateChangeComplete",
            ["telescope"] = "Altitude AtHome AtPark Azimuth Declination IsPulseGuiding RightAscension SideOfPier SiderealTime Slewing Tracking UTCDate",
        };
        Assert.Equal(
            expected,
            ApiDescription.Devices.ToDictionary(d => d.DeviceType, d => string.Join(' ', d.Members.Where(m => m.InDeviceState).Select(m => m.Name).Order(StringComparer.Ordinal))));
    }

    private static string[] ReadGolden()
    {
        using var reader = new StreamReader(typeof(DescriptionTests).Assembly.GetManifestResourceStream("official-operations.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<(DeviceDescription Device, MemberDescription Member)> All() =>
        ApiDescription.Devices.Prepend(ApiDescription.Common).SelectMany(d => d.Members.Select(m => (d, m)));

    private static string Line(DeviceDescription device, MemberDescription member)
    {
        var words = member.Parameters.Select(p => $"{p.Name}:{TypeOf(p.Type)}").Prepend($"/{device.DeviceType}/{member.Route}");
        return $"{member.Verb} {string.Join(' ', words)} -> {(member.Returns is { } type ? TypeOf(type) : "-")}";
    }

    private static string TypeOf(WireType type) => type switch
    {
        WireType.Boolean => "boolean",
        WireType.Integer or WireType.Enumeration => "integer",
        WireType.Number => "number",
        WireType.String => "string",
        WireType.DateTime => "date-time",
        WireType.StringList => "array<string>",
        WireType.IntegerList or WireType.EnumerationList => "array<integer>",
        WireType.AxisRateList or WireType.StateList => "array<object>",
        WireType.ImageArray => "image",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not on the wire."),
    };
}
