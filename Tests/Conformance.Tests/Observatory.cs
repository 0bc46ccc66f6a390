using Alpaca.Contract;
using Alpaca.Contract.Description;
using Alpaca.Devices;
using Alpaca.Hosting;
using Alpaca.Simulators;
using Alpaca.Simulators.Enclosure;
using Alpaca.Simulators.Imaging;
using Alpaca.Simulators.Instruments;
using Alpaca.Simulators.Mount;
using Conformance.Api;

namespace Conformance.Tests;

/// <summary>The ten simulators behind a server, over real HTTP and in real time; what moves, moves fast.</summary>
public sealed class Observatory : IAsyncLifetime, IAsyncDisposable
{
    private AlpacaHost? _host;

    /// <summary>Motions of half a second to a second: longer than a reply takes, shorter than a test may.</summary>
    internal static SimulationOptions Brisk { get; } = new()
    {
        Mount = new MountOptions { SlewSpeed = 60, HighestMoveRate = 8 },
        Dome = new DomeOptions { ShutterTime = 0.8, AzimuthSpeed = 90, AltitudeSpeed = 90 },
        CoverCalibrator = new CoverCalibratorOptions { CoverTime = 0.6, LampTime = 0.6 },
        FilterWheel = new FilterWheelOptions { SecondsPerSlot = 0.5 },
        Focuser = new FocuserOptions { Speed = 1500 },
        Rotator = new RotatorOptions { Speed = 40 },
        Cameras = [new CameraOptions { Width = 64, Height = 48, ReadoutTime = 0.2 }],
    };

    public Uri Address => _host!.Address;

    internal DeviceRegistry Devices { get; } = new();

    public Task InitializeAsync() => StartAsync(Brisk);

    public async Task DisposeAsync() => await _host!.DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _host!.DisposeAsync();

    internal async Task StartAsync(SimulationOptions simulation, int? interfaceVersion = null, AlpacaHostOptions? options = null)
    {
        var observatory = new SimulatedObservatory(simulation, TimeProvider.System);
        var numbers = new Dictionary<Type, uint>();
        foreach (var device in observatory.Devices)
            Add(device, numbers, interfaceVersion);
        _host = new AlpacaHost((options ?? new AlpacaHostOptions()) with { Port = 0 }, Devices);
        await _host.StartAsync();
    }

    private void Add(IAlpacaDevice device, Dictionary<Type, uint> numbers, int? interfaceVersion)
    {
        var identity = ((DeviceBase)device).Identity;
        numbers[device.GetType()] = numbers.GetValueOrDefault(device.GetType());
        var newest = ApiDescription.Devices.Single(d => device.GetType().GetInterface("I" + Standard.NameOf(d.DeviceType)) is not null).InterfaceVersion;
        Devices.Add(device, identity.Name, identity.UniqueId, numbers[device.GetType()]++, interfaceVersion <= newest ? interfaceVersion : null);
    }
}
