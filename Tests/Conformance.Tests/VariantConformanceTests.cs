using Alpaca.Contract;
using Alpaca.Simulators;
using Alpaca.Simulators.Imaging;

namespace Conformance.Tests;

/// <summary>All checks on the variants of the simulators: other mounts, a roof instead of a dome, a relative focuser, other cameras.</summary>
public sealed class VariantConformanceTests
{
    /// <summary>What the version of the interface makes a difference to.</summary>
    private static readonly string[] s_quick = ["readings", "device state", "connection", "good requests", "paths", "motions"];

    [Theory]
    [InlineData("telescope/0", "altaz")]
    [InlineData("telescope/0", "fork")]
    [InlineData("dome/0", "roof")]
    [InlineData("focuser/0", "relative")]
    [InlineData("camera/0", "bare")]
    [InlineData("camera/0", "mosaic")]
    [InlineData("camera/0", "colour")]
    public async Task A_variant_follows_every_rule(string device, string variant)
    {
        await using var other = new Observatory();
        await other.StartAsync(Variant(Observatory.Brisk, variant));
        SimulatorConformanceTests.ShouldBeClean(await SimulatorConformanceTests.RunAsync(other.Address, new RunOptions { Devices = [device], Motion = true }));
    }

    [Theory]
    [InlineData("camera/0", 2)]
    [InlineData("camera/0", 3)]
    [InlineData("covercalibrator/0", 1)]
    [InlineData("dome/0", 2)]
    [InlineData("filterwheel/0", 2)]
    [InlineData("focuser/0", 3)]
    [InlineData("observingconditions/0", 1)]
    [InlineData("rotator/0", 2)]
    [InlineData("rotator/0", 3)]
    [InlineData("safetymonitor/0", 2)]
    [InlineData("switch/0", 2)]
    [InlineData("telescope/0", 3)]
    public async Task A_device_published_with_an_older_version_is_one_of_that_version(string device, int version)
    {
        await using var other = new Observatory();
        await other.StartAsync(Observatory.Brisk, version);
        var report = await SimulatorConformanceTests.RunAsync(other.Address, new RunOptions { Devices = [device], Checks = s_quick, Motion = true });
        Assert.Empty(report.Findings.Select(f => $"{f.Rule.Name} {f.Member} {f.Got}"));
        Assert.Contains(report.Omissions, o => o.Reason == $"version {version} of the interface has no DeviceState");
        using var client = new HttpClient { BaseAddress = other.Address };
        Assert.Contains($"\"Value\":{version},", await client.GetStringAsync($"/api/v1/{device}/interfaceversion"), StringComparison.Ordinal);
        using var refused = await client.GetAsync($"/api/v1/{device}/devicestate");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains($"version {version}", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static SimulationOptions Variant(SimulationOptions o, string variant) => variant switch
    {
        "altaz" => o with { Mount = o.Mount with { Alignment = AlignmentMode.AltAz } },
        "fork" => o with { Mount = o.Mount with { Alignment = AlignmentMode.Polar } },
        "roof" => o with { Dome = o.Dome with { HasAzimuth = false } },
        "relative" => o with { Focuser = o.Focuser with { IsAbsolute = false } },
        "bare" => WithCamera(o, c => c with { HasCooler = false, HasShutter = false, CanAsymmetricBin = true }),
        "mosaic" => WithCamera(o, c => c with { Sensor = SensorType.RGGB }),
        "colour" => WithCamera(o, c => c with { Sensor = SensorType.Color }),
        _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "No such variant."),
    };

    private static SimulationOptions WithCamera(SimulationOptions o, Func<CameraOptions, CameraOptions> change) => o with { Cameras = [change(o.Cameras[0])] };
}
