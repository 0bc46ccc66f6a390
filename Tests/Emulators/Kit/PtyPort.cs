using Alpaca.Devices.Links.Linux;

namespace Emulators.Kit;

/// <summary>An emulator behind a serial port that any program can open.</summary>
public sealed class PtyPort : IEmulatorPort
{
    private readonly WireEmulator _emulator;
    private readonly string? _symlink;
    private PseudoTerminal? _terminal;
    private Task _talk = Task.CompletedTask;

    private PtyPort(WireEmulator emulator, string? symlink)
    {
        (_emulator, _symlink) = (emulator, symlink);
    }

    /// <inheritdoc/>
    public string Name => _symlink ?? _terminal?.SlavePath ?? "";

    /// <summary>Creates the pseudo-terminal and starts to talk on it.</summary>
    /// <param name="emulator">What answers.</param>
    /// <param name="symlink">A lasting name for it; without one, the name is what the kernel gives.</param>
    public static async ValueTask<PtyPort> CreateAsync(WireEmulator emulator, string? symlink = null)
    {
        var port = new PtyPort(emulator, symlink);
        await port.PlugInAsync();
        return port;
    }

    /// <inheritdoc/>
    public async ValueTask PlugInAsync()
    {
        _terminal ??= await PseudoTerminal.CreateAsync(_symlink);
        _talk = _emulator.TalkAsync(_terminal.Link);
    }

    /// <inheritdoc/>
    public async ValueTask UnplugAsync()
    {
        if (_terminal is { } terminal)
        {
            _terminal = null;
            await terminal.DisposeAsync();
            await _talk;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnplugAsync();
}
