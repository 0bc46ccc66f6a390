using Alpaca.Contract;
using Alpaca.Simulators;
using Alpaca.Simulators.Imaging;

namespace Conformance.Tests;

/// <summary>All checks on the variants of the simulators: other mounts, a roof instead of a dome, a relative focuser, other cameras.</summary>
public sealed class VariantConformanceTests
{
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
