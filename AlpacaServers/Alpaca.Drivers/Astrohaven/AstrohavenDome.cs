using Alpaca.Contract;
using Alpaca.Devices;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Devices.Loop;
using Microsoft.Extensions.Logging;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>
/// An Astrohaven clamshell dome with the Vision 130 controller. It reports closed only on the controller's word, open only on both limits, and anything in
/// between as an error; closing overtakes everything; and it closes itself when the client that opened it is heard of no more.
/// </summary>
internal sealed partial class AstrohavenDome : LinkedDevice<AstrohavenProtocol, DomeEvidence>, IDome, IClientObserver
{
    private const string FirstByte = "the dome's controller says nothing; check its power and cable, and that nothing else is on this port";

    private readonly AstrohavenOptions _options;
    private readonly ClientLease _lease;
    private DomeMove? _move;
    private volatile bool _isToBeClosed;

    public AstrohavenDome(AstrohavenOptions options, DriverContext context)
        : base(context, options.Port, new SerialSettings(9600), Timing(options))
    {
        _options = options;
        _lease = new ClientLease(context.Clock, options.Lease);
    }

    /// <inheritdoc/>
    public void Heard(uint client) => _lease.Heard(client);

    public ValueTask<bool> CanSetShutterAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<bool> SlavedAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        return new(false);
    }

    public ValueTask<ShutterState> ShutterStatusAsync(CancellationToken cancel = default)
    {
        _lease.Heard(RequestingClient.Current);
        EnsureConnected();
        if (_move is { Motion.IsUnderWay: true } move)
            return new(move.Opens ? ShutterState.Opening : ShutterState.Closing);
        var evidence = State;
        if (evidence.IsClosed)
            return new(ShutterState.Closed);
        if (evidence.Status != AstrohavenBytes.NeitherClosed || evidence.IsContradictory || _move is { Motion.Failure: not null })
            return new(ShutterState.Error);
        var isBetween = evidence.A == LeafPosition.Partial || evidence.B == LeafPosition.Partial;
        return new(evidence.IsOpen || (!isBetween && !_options.StrictOpen) ? ShutterState.Open : ShutterState.Error);
    }

    public ValueTask<bool> SlewingAsync(CancellationToken cancel = default)
    {
        _lease.Heard(RequestingClient.Current);
        EnsureConnected();
        if (_move is { } move && move.Motion.UnderWayOrThrow())
            return new(true);
        _ = State;
        return new(false);
    }

    public ValueTask OpenShutterAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        if (_move is { Opens: true, Motion.IsUnderWay: true })
            return default;
        if (!State.IsOpen)
            StartOpening("opening of the dome", mover => mover.OpenAsync);
        HoldLease();
        return default;
    }

    public ValueTask CloseShutterAsync(CancellationToken cancel = default)
    {
        // Asked for while the link is down, it is done as soon as the link is back.
        _isToBeClosed = true;
        EnsureConnected();
        StartClosing();
        return default;
    }

    public async ValueTask AbortSlewAsync(CancellationToken cancel = default)
    {
        EnsureConnected();
        _isToBeClosed = false;
        if (_move is not { Motion.IsUnderWay: true } move)
            return;

        // Nothing is sent: a leaf stops when nothing is. What the controller still answers belongs to no motion.
        await AbortAsync(
            "abort",
            async (protocol, c) =>
            {
                await protocol.PassAsync(TimeSpan.FromMilliseconds(300), c);
                protocol.Discard();
            },
            cancel);
        await move.Ended;
    }

    /// <inheritdoc/>
    protected override Func<AstrohavenProtocol, DomeEvidence, CancellationToken, ValueTask<DomeEvidence>>? Listen => ListenAsync;

    /// <inheritdoc/>
    protected override AstrohavenProtocol Speak(ILink link) => new(link);

    /// <summary>Listens and sends nothing: any byte could move the dome, or mean something to what else may be on the port.</summary>
    protected override async ValueTask<string> IdentifyAsync(AstrohavenProtocol protocol, CancellationToken cancel)
    {
        var heard = await protocol.HearAsync(_options.Silence, cancel) ?? throw new LinkException(LinkFault.Timeout, protocol.Link.Name, FirstByte, deadline: _options.Silence);
        return AstrohavenBytes.IsStatus(heard) || heard is (byte)'x' or (byte)'X' or (byte)'y' or (byte)'Y'
            ? "Astrohaven dome"
            : throw new LinkException(LinkFault.WrongDevice, protocol.Link.Name, "what speaks here is no Astrohaven dome", lastBytes: new[] { heard });
    }

    /// <summary>The next status byte. Later ones come by <see cref="ListenAsync"/>.</summary>
    protected override async ValueTask<DomeEvidence> PollAsync(AstrohavenProtocol protocol, DomeEvidence? last, CancellationToken cancel)
    {
        var evidence = last ?? DomeEvidence.None(Clock.GetUtcNow());
        for (var patience = 10; patience > 0; patience--)
        {
            evidence = await ListenAsync(protocol, evidence, cancel);
            if (evidence.Status is not null)
                return evidence;
        }

        throw new LinkException(LinkFault.Malformed, protocol.Link.Name, "the dome's controller says things, but not how the leaves are");
    }

    /// <inheritdoc/>
    protected override void OnFound()
    {
        if (Last is not { Value.IsClosed: false })
            return;
        if (_isToBeClosed || _lease.HasLapsed)
        {
            Log.LogWarning("{Device} is back and not closed, but should be: closing it.", Identity.Name);
            StartClosing();
        }
        else if (_lease.Holder is null)
        {
            // Found open by a server that did not open it: whoever connects answers for it.
            HoldLease();
        }
    }

    /// <inheritdoc/>
    protected override int OutageNumber(LinkException loss) => loss.Fault == LinkFault.Timeout ? DriverError.LinkTimeout : base.OutageNumber(loss);

    private static LoopTiming Timing(AstrohavenOptions options) => new()
    {
        // The controller speaks by itself: nothing is polled, and one silence is a loss.
        Poll = TimeSpan.FromHours(1),
        PollSlow = TimeSpan.FromHours(1),
        StaleAfter = options.Silence,
        FaultAfter = 1,
    };

    /// <summary>The longest a whole motion can take: both leaves twice, and the status after it.</summary>
    private TimeSpan LongestMove => (_options.MoveTimeout * 4) + (_options.Silence * 4) + TimeSpan.FromSeconds(_options.ExtraCloseNudges * 4);

    private async ValueTask<DomeEvidence> ListenAsync(AstrohavenProtocol protocol, DomeEvidence last, CancellationToken cancel)
    {
        var heard = await protocol.HearAsync(_options.Silence, cancel)
            ?? throw new LinkException(LinkFault.Timeout, protocol.Link.Name, "the dome's controller has fallen silent", deadline: _options.Silence);
        last = last with { HeardAt = Clock.GetUtcNow(), Heard = last.Heard.SetItem((char)heard, last.Heard.GetValueOrDefault((char)heard) + 1) };
        if (!AstrohavenBytes.IsStatus(heard))
            return last;
        var next = last.WithStatus(heard, _options.SwapSingleLeafCodes);
        if (next.IsContradictory && !last.IsContradictory)
            Log.LogError("{Device}: an open limit was reported, and now the controller says {Status}, though nothing closed it from here. It counts as open until it is closed from here.", Identity.Name, LeafMover.Said(heard));
        return next;
    }

    private void StartOpening(string name, Func<LeafMover, Func<CancellationToken, ValueTask>> work)
    {
        if (_move is { Motion.IsUnderWay: true } other)
        {
            throw AlpacaException.InvalidOperation(other.Opens
                ? $"{Identity.Name} is opening already. Wait, or abort it."
                : $"{Identity.Name} is closing, and closing goes before opening. Wait until it is closed, or abort it.");
        }

        _isToBeClosed = false;
        Start(new DomeMove(new Motion(name), Opens: true), work, overtakes: false);
    }

    private void StartClosing()
    {
        if (_move is { Opens: false, Motion.IsUnderWay: true } || (_move is not { Motion.IsUnderWay: true } && Last is { Value.IsClosed: true }))
            return;
        Start(new DomeMove(new Motion("closing of the dome"), Opens: false), mover => mover.CloseAsync, overtakes: true);
    }

    private void Start(DomeMove move, Func<LeafMover, Func<CancellationToken, ValueTask>> work, bool overtakes)
    {
        var before = Interlocked.Exchange(ref _move, move);
        try
        {
            move.Ended = Drive(
                move.Motion,
                async (protocol, cancel) =>
                {
                    try
                    {
                        await work(new LeafMover(protocol, _options, Update))(cancel);
                    }
                    catch (MoveFailedException e)
                    {
                        Log.LogError("{Device}: {Failure}", Identity.Name, e.Message);
                        throw new AlpacaException(DriverError.MoveTimeout, $"{Identity.Name}: {e.Message}", e);
                    }
                },
                LongestMove,
                overtakes);
        }
        catch
        {
            Interlocked.CompareExchange(ref _move, before, move);
            throw;
        }
    }
}
