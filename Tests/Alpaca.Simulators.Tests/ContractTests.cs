using Alpaca.Contract;

namespace Alpaca.Simulators.Tests;

public class ContractTests
{
    [Fact]
    public void Every_device_has_an_identity_that_a_header_can_hold() => Night.Run(async (observatory, _) =>
    {
        Assert.Equal(10, observatory.Devices.Count);
        foreach (var device in observatory.Devices)
        {
            Assert.NotEmpty(await device.NameAsync());
            Assert.InRange((await device.DescriptionAsync()).Length, 1, 68);
            Assert.NotEmpty(await device.DriverInfoAsync());
            Assert.Matches(@"^\d+\.\d+$", await device.DriverVersionAsync());
            Assert.Empty(await device.SupportedActionsAsync());
            Assert.NotEmpty(await device.DeviceStateAsync());
        }
    });

    [Fact]
    public void A_disconnected_device_says_so_and_a_bad_value_comes_first() => Night.Run(async (observatory, _) =>
    {
        foreach (var device in observatory.Devices)
            await device.SetConnectedAsync(false);
        Assert.Equal(AlpacaError.NotConnected, await Night.ErrorOf(() => observatory.Telescope.RightAscensionAsync()));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => observatory.Telescope.StartSlewToCoordinatesAsync(25, 0)));
        Assert.Equal(AlpacaError.NotConnected, await Night.ErrorOf(() => observatory.Telescope.StartSlewToCoordinatesAsync(5, 0)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => observatory.Cameras[0].StartExposureAsync(-1, true)));
        Assert.Equal(AlpacaError.NotConnected, await Night.ErrorOf(() => observatory.Cameras[0].StartExposureAsync(1, true)));
        Assert.Equal(AlpacaError.InvalidValue, await Night.ErrorOf(() => observatory.Switch.GetSwitchAsync(-1)));
        Assert.Equal(AlpacaError.NotConnected, await Night.ErrorOf(() => observatory.Dome.OpenShutterAsync()));
        Assert.Equal(AlpacaError.NotConnected, await Night.ErrorOf(() => observatory.Focuser.MoveAsync(1)));
        Assert.Equal(AlpacaError.NotConnected, await Night.ErrorOf(() => observatory.ObservingConditions.TemperatureAsync()));
        Assert.True(await observatory.Telescope.CanSlewAsync());
    });

    [Fact]
    public void Device_state_spells_its_names_as_the_standard_does() => Night.Run(async (observatory, _) =>
    {
        async Task<IEnumerable<string>> Names(IAlpacaDevice device) => (await device.DeviceStateAsync()).Select(v => v.Name);
        string[] telescope =
        [
            "Altitude", "AtHome", "AtPark", "Azimuth", "Declination", "IsPulseGuiding", "RightAscension", "SideOfPier", "SiderealTime", "Slewing", "Tracking", "UTCDate",
        ];
        string[] camera = ["CCDTemperature", "CameraState", "CoolerPower", "HeatSinkTemperature", "ImageReady", "IsPulseGuiding", "PercentCompleted"];
        Assert.Equal(telescope, (await Names(observatory.Telescope)).Order(StringComparer.Ordinal));
        Assert.Equal(camera, (await Names(observatory.Cameras[0])).Order(StringComparer.Ordinal));
        Assert.Equal(13, (await Names(observatory.ObservingConditions)).Count());
        Assert.Equal(3 * await observatory.Switch.MaxSwitchAsync(), (await Names(observatory.Switch)).Count());
    });

    [Fact]
    public async Task Many_threads_may_command_and_read_at_once()
    {
        var observatory = new SimulatedObservatory(new SimulationOptions(), TimeProvider.System);
        foreach (var device in observatory.Devices)
            await device.SetConnectedAsync(true);
        await observatory.Telescope.UnparkAsync();
        await observatory.Telescope.SetTrackingAsync(true);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                await observatory.Telescope.PulseGuideAsync((GuideDirection)(i % 4), 1);
                Assert.InRange(await observatory.Telescope.DeclinationAsync(), 85, 90);
                await observatory.Rotator.MoveAsync(worker);
                await observatory.Dome.SlewToAzimuthAsync((i * 7) % 360);
                Assert.InRange(await observatory.Rotator.PositionAsync(), 0, 360);
                Assert.InRange(await observatory.Dome.AzimuthAsync(), 0, 360);
            }
        })));
    }
}
