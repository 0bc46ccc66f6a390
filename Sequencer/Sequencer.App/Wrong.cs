using Alpaca.Client;
using Sequencer.App.Devices;
using Sequencer.App.Night;
using Sequencer.Core.Configuration;
using Sequencer.Core.Night;

namespace Sequencer.App;

/// <summary>What can be wrong before anything moves, and is told in a sentence instead of a stack trace.</summary>
internal static class Wrong
{
    public static bool Explains(Exception e) =>
        e is NightException or DeviceNotFoundException or ConfigurationException or InvalidConfigException or AlpacaLinkException or IOException or UnauthorizedAccessException;
}
