using Alpaca.Devices.Links;

namespace Emulators.Kit;

/// <summary>An emulator within reach of a driver in the same process, on one clock with it.</summary>
public sealed class MemoryPort : IEmulatorPort
{
    private readonly TimeProvider _clock;
    private MemoryLink? _near;
    private MemoryLink? _far;
    private Task _talk = Task.CompletedTask;
    private bool _isPluggedIn = true;

    public MemoryPort(WireEmulator emulator, TimeProvider clock, string name)
    {
        (Emulator, _clock, Name) = (emulator, clock, name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How often a driver has opened the port.</summary>
    public int Openings { get; private set; }

    /// <summary>The emulator that answers; another one may be plugged in instead.</summary>
    public WireEmulator Emulator { get; set; }

    /// <summary>Makes the port known to the factory from which drivers open theirs.</summary>
    public MemoryPort OfferTo(LinkFactory links)
    {
        ArgumentNullException.ThrowIfNull(links);
        links.Offer(Name, Open);
        return this;
    }

    /// <summary>Opens the driver's end.</summary>
    /// <exception cref="LinkException">Unplugged, or somebody has it open.</exception>
    public ILink Open()
    {
        if (!_isPluggedIn)
            throw new LinkException(LinkFault.NotFound, Name, "there is no such port; check the cable and the name in the configuration");
        if (_near is { IsOpen: true })
            throw new LinkException(LinkFault.InUse, Name, "another program is using this port; stop it, or give this device another port");
        var (near, far) = MemoryLink.CreatePair(_clock, Name);
        _far = far;
        Openings++;
        _talk = Emulator.TalkAsync(far);
        return _near = near;
    }

    /// <inheritdoc/>
    public ValueTask UnplugAsync()
    {
        _isPluggedIn = false;
        return _far?.DisposeAsync() ?? default;
    }

    /// <inheritdoc/>
    public ValueTask PlugInAsync()
    {
        _isPluggedIn = true;
        return default;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnplugAsync();
        await _talk;
    }
}
