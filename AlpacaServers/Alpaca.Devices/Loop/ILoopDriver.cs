using Alpaca.Devices.Links;

namespace Alpaca.Devices.Loop;

/// <summary>What a loop needs to know of the device whose link it owns. Every call happens on the loop, one after the other.</summary>
/// <typeparam name="TProtocol">The device's protocol: commands as methods, over one open link.</typeparam>
/// <typeparam name="TState">The device's state, immutable.</typeparam>
public interface ILoopDriver<TProtocol, TState>
    where TProtocol : class
    where TState : class
{
    /// <summary>The device's name, for messages.</summary>
    string Name { get; }

    /// <summary>Opens the port.</summary>
    ValueTask<ILink> OpenAsync(TimeSpan deadline, CancellationToken cancel);

    /// <summary>The protocol over a link just opened.</summary>
    TProtocol Speak(ILink link);

    /// <summary>Finds out who answers: make, model, serial number. Throws <see cref="LinkException"/> with WrongDevice if it is not the device meant.</summary>
    ValueTask<string> IdentifyAsync(TProtocol protocol, CancellationToken cancel);

    /// <summary>Reads the state.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="last">The state before; null for the first reading after the link was opened, which reads everything.</param>
    /// <param name="cancel">Ends the reading.</param>
    ValueTask<TState> PollAsync(TProtocol protocol, TState? last, CancellationToken cancel);

    /// <summary>Reads what changes slowly.</summary>
    ValueTask<TState> PollSlowAsync(TProtocol protocol, TState last, CancellationToken cancel);

    /// <summary>For devices that speak unasked: waits for the next thing they say while the loop has nothing else to do. Null: the device is silent unless asked.</summary>
    /// <remarks>Cancelled as soon as there is something else to do; what was not yet taken from the link must stay there.</remarks>
    Func<TProtocol, TState, CancellationToken, ValueTask<TState>>? Listen { get; }

    /// <summary>Whether to read at the faster rate.</summary>
    bool IsMoving(TState state);

    /// <summary>The device was found and read, for the first time or after a loss. On the loop; may start motions.</summary>
    void OnFound();

    /// <summary>The link is lost: what was known of the mechanism is no longer. Called once per loss.</summary>
    void OnLost();
}
