namespace Emulators.Kit;

/// <summary>Where a driver finds an emulator.</summary>
public interface IEmulatorPort : IAsyncDisposable
{
    /// <summary>What to put into the driver's configuration as its port.</summary>
    string Name { get; }

    /// <summary>Pulls the cable: whoever has the port open loses it, and nobody can open it.</summary>
    ValueTask UnplugAsync();

    /// <summary>Plugs it in again under the same name. The instrument has kept its state.</summary>
    ValueTask PlugInAsync();
}
