using System.Text.Json;

namespace Alpaca.Simulators.Following;

/// <summary>What an emulator says about the true state of its mechanics, for the simulated sky to follow.</summary>
public interface ITruth
{
    /// <summary>Takes one message.</summary>
    /// <exception cref="FormatException">It is not one of the messages this expects.</exception>
    void Take(JsonElement message);
}
