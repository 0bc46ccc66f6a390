using System.Text;
using Emulators.Kit;
using Emulators.Truth;

namespace Emulators.IOptron;

/// <summary>An iOptron mount behind its serial port, byte for byte: either dialect, one command after the other, no line ends.</summary>
public sealed class IOptronEmulator : WireEmulator, IAsyncDisposable
{
    private const int LongestCommand = 32;

    private readonly StringBuilder _command = new();
    private TruthPort? _truth;
    private string _last = "";

    public IOptronEmulator(MountKind kind, TimeProvider clock, PointingErrors? errors = null)
        : base(clock)
    {
        Mount = new EmulatedMount(kind, clock);
        Errors = errors ?? new PointingErrors();
    }

    /// <summary>The mount.</summary>
    public EmulatedMount Mount { get; }

    /// <summary>What the mount does not know about itself.</summary>
    public PointingErrors Errors { get; }

    /// <summary>How late answers come.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>So many answers more are lost.</summary>
    public int LoseAnswers { get; set; }

    /// <summary>So many answers more come later, by <see cref="Delay"/>.</summary>
    public int DelayAnswers { get; set; }

    /// <summary>How much later those come.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>So many answers more are preceded by the one before.</summary>
    public int RepeatAnswers { get; set; }

    /// <summary>Every answer is followed by a hash sign, also those that have none.</summary>
    public bool AddsHash { get; set; }

    /// <summary>Refuses this command, once for each time it is in here.</summary>
    public List<string> Refuse { get; } = [];

    public override string Commands => "jam, unjam, lose N, delay N, repeat N, hash, clock-error SECONDS";

    /// <summary>Tells the truth about the mechanics on a port of this machine.</summary>
    /// <param name="port">The TCP port; 0 for a free one.</param>
    /// <returns>The port it is.</returns>
    public int TellTruth(int port)
    {
        _truth = TruthPort.Open(port, () => Look(() => (string[])[MountTruth.About(Mount.Kind, Errors), MountTruth.Plan(Mount.Motion.Plan)]));
        Mount.Motion.Planned += legs => _truth.Tell(MountTruth.Plan(legs));
        return _truth.Port;
    }

    public ValueTask DisposeAsync()
    {
        _truth?.Dispose();
        return default;
    }

    public override bool Obey(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length > 1 && int.TryParse(words[1], System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 1;
        switch (words[0])
        {
            case "jam" or "unjam":
                Change(() => Mount.Motion.Jam(words[0] == "jam", Clock.GetUtcNow()));
                return true;
            case "lose":
                Change(() => LoseAnswers = count);
                return true;
            case "delay":
                Change(() => DelayAnswers = count);
                return true;
            case "repeat":
                Change(() => RepeatAnswers = count);
                return true;
            case "hash":
                Change(() => AddsHash = !AddsHash);
                return true;
            case "clock-error":
                Change(() => Mount.Settings.ClockError = TimeSpan.FromSeconds(count));
                return true;
            default:
                return false;
        }
    }

    protected override void Attached() => _command.Clear();

    protected override void Receive(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            // A colon always begins a command: what came before it was no whole one.
            if (b == ':')
                _command.Clear();
            _command.Append((char)b);
            if (b == '#')
            {
                Answer(_command.ToString());
                _command.Clear();
            }
            else if (_command.Length > LongestCommand)
            {
                _command.Clear();
            }
        }
    }

    private void Answer(string command)
    {
        string? answer;
        if (Refuse.Remove(command))
            answer = "0";
        else
            answer = Mount.Answer(command);
        if (answer is null)
            return;
        if (LoseAnswers > 0)
        {
            LoseAnswers--;
            return;
        }

        if (AddsHash)
            answer += "#";
        var later = Latency;
        if (DelayAnswers > 0)
        {
            DelayAnswers--;
            later += Delay;
        }

        if (RepeatAnswers > 0)
        {
            RepeatAnswers--;
            Send(_last, later);
        }

        _last = answer;
        Send(answer, later);
    }
}
