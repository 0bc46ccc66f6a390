namespace Alpaca.Devices;

/// <summary>
/// A promise with an end: whoever takes it must be heard of again and again, or it lapses. The third line of defence of a dome: the client that opened it
/// may die, hang or lose its network, and the dome closes all the same.
/// </summary>
/// <param name="clock">What the duration is of.</param>
/// <param name="duration">How long without a word from its holder until it lapses; zero or less: there is no lease.</param>
public sealed class ClientLease(TimeProvider clock, TimeSpan duration)
{
    private Grant? _grant;

    /// <summary>False if the user has opted out.</summary>
    public bool IsOn => duration > TimeSpan.Zero;

    /// <summary>How long without a word from its holder until it lapses.</summary>
    public TimeSpan Duration => duration;

    /// <summary>The client that holds it; null if none does.</summary>
    public uint? Holder => Volatile.Read(ref _grant)?.Client;

    /// <summary>What is left until it lapses, zero or less if it has; null if nobody holds it.</summary>
    public TimeSpan? Left => Volatile.Read(ref _grant) is { } grant ? duration - clock.GetElapsedTime(Interlocked.Read(ref grant.Heard)) : null;

    /// <summary>True if somebody took it and has not been heard of since for longer than the duration.</summary>
    public bool HasLapsed => Left <= TimeSpan.Zero;

    /// <summary>A client takes it, from whoever holds it.</summary>
    public void Take(uint client)
    {
        if (IsOn)
            Volatile.Write(ref _grant, new Grant(client, clock.GetTimestamp()));
    }

    /// <summary>A client was heard of. Renews the lease if it is the holder's and has not lapsed.</summary>
    public void Heard(uint client)
    {
        if (Volatile.Read(ref _grant) is { } grant && grant.Client == client && Left > TimeSpan.Zero)
            Interlocked.Exchange(ref grant.Heard, clock.GetTimestamp());
    }

    /// <summary>The promise as it stands; taking it again, by the same client too, makes another.</summary>
    public object? Promise => Volatile.Read(ref _grant);

    /// <summary>Nobody needs it any more. A promise made since <paramref name="promise"/> was looked at stays.</summary>
    public void Release(object? promise)
    {
        if (promise is Grant grant)
            Interlocked.CompareExchange(ref _grant, null, grant);
    }

    private sealed class Grant(uint client, long heard)
    {
        public long Heard = heard;

        public uint Client { get; } = client;
    }
}
