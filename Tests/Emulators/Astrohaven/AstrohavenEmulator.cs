using System.Globalization;
using Emulators.Kit;
using Emulators.Truth;

namespace Emulators.Astrohaven;

/// <summary>
/// The Vision 130 controller of an Astrohaven clamshell and its two leaves, to the byte and at its pace: it nudges a leaf for each byte it hears while idle,
/// hears nothing while it does, answers with the echo or the limit, and says once a second how the leaves are.
/// </summary>
public sealed class AstrohavenEmulator(TimeProvider clock) : WireEmulator(clock), IDisposable
{
    /// <summary>Nudges from closed to open.</summary>
    public const int FullyOpen = 10;

    private static readonly TimeSpan s_nudge = TimeSpan.FromMilliseconds(200);

    private readonly LeafMechanism _a = new('a', 'A', 'x', 'X');
    private readonly LeafMechanism _b = new('b', 'B', 'y', 'Y');
    private TruthPort? _truth;
    private byte? _pending;
    private bool _isMoving;
    private int _tick;
    private int _sent;
    private bool _isHeard;

    /// <summary>Between status bytes while idle.</summary>
    public TimeSpan StatusPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>False for a controller that moves without echoing.</summary>
    public bool Echoes { get; set; } = true;

    /// <summary>After so many bytes the controller sends one that means nothing; 0 never.</summary>
    public int GarbageEvery { get; set; }

    /// <summary>The other way of the single-leaf codes.</summary>
    public bool SwapsSingleLeafCodes { get; set; }

    /// <summary>Leaf A: 0 closed to <see cref="FullyOpen"/>.</summary>
    public int A
    {
        get => Look(() => _a.Position);
        set => Change(() => Set(_a, value));
    }

    /// <summary>Leaf B: 0 closed to <see cref="FullyOpen"/>.</summary>
    public int B
    {
        get => Look(() => _b.Position);
        set => Change(() => Set(_b, value));
    }

    /// <summary>Every byte that came while the controller listened.</summary>
    public List<char> HeardBytes { get; } = [];

    /// <summary>Tells the simulated sky on a TCP port where the leaves truly are.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <returns>The port.</returns>
    public int TellTruth(int port)
    {
        _truth = TruthPort.Open(port, () => [Truth()]);
        return _truth.Port;
    }

    public void Dispose() => _truth?.Dispose();

    /// <inheritdoc/>
    public override string Commands => "stick A|B POSITION, free A|B, leaf A|B POSITION, status SECONDS, garbage EVERY, echo on|off";

    /// <summary>A leaf sticks when it comes to this position; null frees it.</summary>
    public void Stick(char leaf, int? position) => Change(() => Mechanism(leaf).StuckAt = position);

    /// <inheritdoc/>
    public override bool Obey(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int Number(int at) => words.Length > at && int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        switch (words)
        {
            case ["stick", "A" or "B", _]:
                Stick(words[1][0], Number(2));
                return true;
            case ["free", "A" or "B"]:
                Stick(words[1][0], null);
                return true;
            case ["leaf", "A" or "B", _]:
                Change(() => Set(Mechanism(words[1][0]), Number(2)));
                return true;
            case ["status", _]:
                StatusPeriod = TimeSpan.FromSeconds(Math.Max(1, Number(1)));
                return true;
            case ["garbage", _]:
                GarbageEvery = Number(1);
                return true;
            case ["echo", "on" or "off"]:
                Echoes = words[1] == "on";
                return true;
            default:
                return false;
        }
    }

    /// <inheritdoc/>
    protected override void Attached()
    {
        _isHeard = true;
        ScheduleStatus();
    }

    /// <inheritdoc/>
    protected override void Detached() => _isHeard = false;

    /// <inheritdoc/>
    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            // What comes during a nudge is not heard.
            if (_isMoving)
                return;
            HeardBytes.Add((char)b);
            Obey(b);
        }
    }

    private void Obey(byte command)
    {
        var (aActed, aAnswer) = Nudge(_a, (char)command);
        var (bActed, bAnswer) = Nudge(_b, (char)command);
        if (!aActed && !bActed)
        {
            // At the end already: said at the next tick, if there is nothing else to say.
            _pending ??= aAnswer ?? bAnswer;
            return;
        }

        var answer = aActed ? aAnswer : bAnswer ?? aAnswer;
        _isMoving = true;
        _truth?.Tell(Truth());
        Schedule(s_nudge, () =>
        {
            _isMoving = false;
            _pending = null;
            if (answer is { } said && (Echoes || said is (byte)'x' or (byte)'X' or (byte)'y' or (byte)'Y'))
                Say(said);
            ScheduleStatus();
        });
    }

    private static (bool Acted, byte? Answer) Nudge(LeafMechanism leaf, char command)
    {
        if (command != leaf.Opens && command != leaf.Closes)
            return (false, null);
        var (end, limit, step) = command == leaf.Opens ? (FullyOpen, leaf.OpenLimit, 1) : (0, leaf.ClosedLimit, -1);
        if (leaf.Position == end)
            return (false, (byte)limit);
        if (leaf.Position != leaf.StuckAt)
            leaf.Position += step;
        return (true, (byte)(leaf.Position == end ? limit : command));
    }

    private void Say(byte b)
    {
        if (!_isHeard)
            return;
        _sent++;
        if (GarbageEvery > 0 && _sent % GarbageEvery == 0)
            Send([0xFF]);
        Send([b]);
    }

    private void ScheduleStatus()
    {
        var tick = ++_tick;
        Schedule(StatusPeriod, () =>
        {
            if (tick != _tick || !_isHeard)
                return;
            if (!_isMoving)
            {
                Say(_pending ?? Status());
                _pending = null;
            }

            ScheduleStatus();
        });
    }

    private byte Status() => (_a.Position == 0, _b.Position == 0) switch
    {
        (true, true) => (byte)'0',
        (true, false) => (byte)(SwapsSingleLeafCodes ? '2' : '1'),
        (false, true) => (byte)(SwapsSingleLeafCodes ? '1' : '2'),
        _ => (byte)'3',
    };

    private string Truth() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"dome": "Astrohaven", "since": "{{Clock.GetUtcNow():O}}", "leaves": [{{_a.Position / (double)FullyOpen}}, {{_b.Position / (double)FullyOpen}}]}""");

    private LeafMechanism Mechanism(char leaf) => leaf == 'A' ? _a : _b;

    private void Set(LeafMechanism leaf, int position)
    {
        leaf.Position = Math.Clamp(position, 0, FullyOpen);
        _truth?.Tell(Truth());
    }

    private sealed class LeafMechanism(char opens, char closes, char openLimit, char closedLimit)
    {
        public char Opens => opens;

        public char Closes => closes;

        public char OpenLimit => openLimit;

        public char ClosedLimit => closedLimit;

        public int Position { get; set; }

        public int? StuckAt { get; set; }
    }
}
