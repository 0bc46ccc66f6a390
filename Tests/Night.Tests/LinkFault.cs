using System.Reflection;
using Sequencer.Core.Night;

namespace Night.Tests;

/// <summary>A link between sequencer and devices that can be cut and put back: while it is cut every call fails as it would if the server were gone.</summary>
internal sealed class LinkFault(TimeProvider clock)
{
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _cuts = [];

    public LinkFault Cut(DateTimeOffset from, TimeSpan length)
    {
        _cuts.Add((from, from + length));
        return this;
    }

    public bool IsCut => _cuts.Exists(cut => clock.GetUtcNow() >= cut.From && clock.GetUtcNow() < cut.To);

    public NightDevices Through(NightDevices devices) => devices with
    {
        Telescope = Wrap(devices.Telescope),
        Dome = Wrap(devices.Dome!),
        CoverCalibrator = Wrap(devices.CoverCalibrator!),
        SafetyMonitors = [.. devices.SafetyMonitors.Select(Wrap)],
        ObservingConditions = Wrap(devices.ObservingConditions!),
        Switch = Wrap(devices.Switch!),
        Cameras = [.. devices.Cameras.Select(camera => new CameraDevices(Wrap(camera.Camera), Wrap(camera.FilterWheel!), Wrap(camera.Focuser!), Wrap(camera.Rotator!)))],
    };

    private T Wrap<T>(T device)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, FaultyDevice>();
        var faulty = (FaultyDevice)(object)proxy;
        (faulty.Device, faulty.Link) = (device, this);
        return proxy;
    }
}

/// <summary>A device behind a link. An interface proxy, so that no member can be forgotten.</summary>
public class FaultyDevice : DispatchProxy
{
    internal object Device { get; set; } = null!;

    internal LinkFault Link { get; set; } = null!;

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (Link.IsCut) throw new HttpRequestException("Connection refused (127.0.0.1:11111)");
        return targetMethod!.Invoke(Device, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
