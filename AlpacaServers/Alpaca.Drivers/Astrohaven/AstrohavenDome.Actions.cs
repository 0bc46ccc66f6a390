using System.Globalization;
using System.Text;
using System.Text.Json;
using Alpaca.Contract;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>What the dome can do beyond the standard.</summary>
internal sealed partial class AstrohavenDome
{
    private const string LeafStatus = "Astrohaven:LeafStatus";
    private const string OpenLeaf = "Astrohaven:OpenLeaf";
    private const string CloseLeaf = "Astrohaven:CloseLeaf";
    private const string Nudge = "Astrohaven:Nudge";
    private const string ResetBumper = "Astrohaven:ResetBumper";
    private const int MostNudges = 50;

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<string>> SupportedActionsAsync(CancellationToken cancel = default)
    {
        string[] own = _options.LargeDome ? [LeafStatus, OpenLeaf, CloseLeaf, Nudge, ResetBumper] : [LeafStatus, OpenLeaf, CloseLeaf, Nudge];
        return [.. own, .. await base.SupportedActionsAsync(cancel)];
    }

    /// <summary>
    /// <c>Astrohaven:LeafStatus</c> answers JSON; <c>OpenLeaf</c> and <c>CloseLeaf</c> take <c>A</c> or <c>B</c>; <c>Nudge</c> takes <c>a</c>, <c>A</c>, <c>b</c> or
    /// <c>B</c> as the controller does (small opens, capital closes), and how often; <c>ResetBumper</c> takes nothing. Motions return at once; Slewing tells when
    /// they have ended.
    /// </summary>
    public override async ValueTask<string> ActionAsync(string action, string parameters, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(parameters);
        _lease.Heard(RequestingClient.Current);
        switch (Own(action))
        {
            case LeafStatus:
                return Describe();
            case OpenLeaf:
                MoveLeaf(LeafOf(action, parameters), opens: true);
                return "";
            case CloseLeaf:
                MoveLeaf(LeafOf(action, parameters), opens: false);
                return "";
            case Nudge:
                NudgeLeaf(parameters);
                return "";
            case ResetBumper:
                await DoAsync("reset of the bumper guard", (protocol, _) => protocol.SendAsync(AstrohavenBytes.ResetBumper), cancel);
                return "";
            default:
                return await base.ActionAsync(action, parameters, cancel);
        }
    }

    private static Leaf LeafOf(string action, string parameters) => parameters.Trim() switch
    {
        "A" or "a" => Leaf.A,
        "B" or "b" => Leaf.B,
        _ => throw AlpacaException.InvalidValue($"{action} takes A or B, not \"{parameters}\"."),
    };

    private static (Leaf Leaf, bool Opens, int Count) NudgesOf(string parameters)
    {
        var words = parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = 1;
        if (words.Length is < 1 or > 2
            || words[0] is not ("a" or "A" or "b" or "B")
            || (words.Length == 2 && !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out count))
            || count is < 1 or > MostNudges)
        {
            throw AlpacaException.InvalidValue($"{Nudge} takes a or b (opens a little), A or B (closes a little), and how often, 1 to {MostNudges}: \"a 3\". Not \"{parameters}\".");
        }

        return (words[0] is "a" or "A" ? Leaf.A : Leaf.B, words[0] is "a" or "b", count);
    }

    private static async ValueTask MoveOneAsync(LeafMover mover, Leaf leaf, bool opens, CancellationToken cancel)
    {
        var isThere = await mover.MoveAsync(leaf, opens, cancel);
        await mover.SettleAsync(cancel);
        if (!isThere)
            throw new MoveFailedException($"leaf {leaf} did not reach its {(opens ? "open" : "closed")} end. Look at the dome.");
    }

    private static async ValueTask NudgeOneAsync(LeafMover mover, Leaf leaf, bool opens, int count, CancellationToken cancel)
    {
        for (var i = 0; i < count; i++)
            await mover.NudgeAsync(leaf, opens, cancel);
        await mover.SettleAsync(cancel);
    }

    private string? Own(string action) => ((string[])[LeafStatus, OpenLeaf, CloseLeaf, Nudge, .. _options.LargeDome ? new[] { ResetBumper } : []])
        .FirstOrDefault(own => own.Equals(action, StringComparison.OrdinalIgnoreCase));

    private void MoveLeaf(Leaf leaf, bool opens)
    {
        EnsureConnected();
        StartPart($"{(opens ? "opening" : "closing")} of leaf {leaf}", opens, mover => async c => await MoveOneAsync(mover, leaf, opens, c));
    }

    private void NudgeLeaf(string parameters)
    {
        var (leaf, opens, count) = NudgesOf(parameters);
        EnsureConnected();
        StartPart($"nudging of leaf {leaf}", opens, mover => async c => await NudgeOneAsync(mover, leaf, opens, count, c));
    }

    private void StartPart(string name, bool opens, Func<LeafMover, Func<CancellationToken, ValueTask>> work)
    {
        if (!opens)
        {
            StartClosingOne(name, work);
            return;
        }

        StartOpening(name, work);
        HoldLease();
    }

    /// <summary>Part of the dome closes. Unlike the whole it breaks nothing off.</summary>
    private void StartClosingOne(string name, Func<LeafMover, Func<CancellationToken, ValueTask>> work)
    {
        if (_move is { Motion.IsUnderWay: true })
            throw AlpacaException.InvalidOperation($"{Identity.Name} is moving. Wait, or abort it first.");
        Start(new DomeMove(new Alpaca.Devices.Loop.Motion(name), Opens: false), work, overtakes: false);
    }

    private string Describe()
    {
        var fresh = Fresh;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("A", Word(fresh.Value.A));
            json.WriteString("B", Word(fresh.Value.B));
            json.WriteString("raw", fresh.Value.Status is { } status ? ((char)status).ToString() : null);
            json.WriteNumber("ageSec", Math.Round((Clock.GetUtcNow() - fresh.MeasuredAt).TotalSeconds, 3));
            json.WriteBoolean("contradictory", fresh.Value.IsContradictory);
            json.WriteNumber("leaseSec", _lease.Left is { } left ? Math.Round(left.TotalSeconds, 1) : -1);
            json.WriteStartObject("heard");
            foreach (var (b, count) in fresh.Value.Heard)
                json.WriteNumber(Alpaca.Devices.Links.WireText.Escape([(byte)b]), count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Word(LeafPosition position) => position switch
    {
        LeafPosition.Closed => "closed",
        LeafPosition.Open => "open",
        LeafPosition.OpenUnverified => "open-unverified",
        LeafPosition.Partial => "partial",
        _ => "unknown",
    };
}
