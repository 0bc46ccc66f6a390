using Alpaca.Contract;

namespace Alpaca.Devices.Loop;

/// <summary>
/// One thing a device does that outlasts the command that starts it: a slew, a shutter's travel. What it failed with is kept until the next one
/// starts, so that the completion property can report it.
/// </summary>
/// <param name="name">What it is, for messages: <c>slew</c>.</param>
public sealed class Motion(string name)
{
    private static readonly object s_idle = new();
    private static readonly object s_underWay = new();

    private object _state = s_idle;

    /// <summary>What it is, for messages.</summary>
    public string Name { get; } = name;

    /// <summary>True from the moment the command is given until the end was seen in the device's own state, or the motion was given up.</summary>
    public bool IsUnderWay => ReferenceEquals(Volatile.Read(ref _state), s_underWay);

    /// <summary>Why the last one did not end as it should; null if it did, still runs, or was aborted.</summary>
    public AlpacaException? Failure => Volatile.Read(ref _state) as AlpacaException;

    /// <summary>For completion properties: whether it is under way. Throws <see cref="Failure"/> if there is one.</summary>
    public bool UnderWayOrThrow() => Failure is { } failure ? throw failure : IsUnderWay;

    internal object Begin() => Interlocked.Exchange(ref _state, s_underWay);

    internal void TakeBack(object before) => Interlocked.CompareExchange(ref _state, before, s_underWay);

    internal void End() => Interlocked.CompareExchange(ref _state, s_idle, s_underWay);

    internal void Fail(AlpacaException failure) => Interlocked.CompareExchange(ref _state, failure, s_underWay);

    internal void Clear() => Volatile.Write(ref _state, s_idle);
}
