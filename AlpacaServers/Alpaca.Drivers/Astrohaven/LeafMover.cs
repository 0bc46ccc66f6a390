using Alpaca.Devices.Links;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>
/// Moves leaves from end to end. The controller moves a leaf only as long as it is told to again and again; when the telling stops, so does the leaf.
/// </summary>
/// <param name="protocol">The wire.</param>
/// <param name="options">Times and confirmations.</param>
/// <param name="report">Takes what is learnt on the way.</param>
internal sealed class LeafMover(AstrohavenProtocol protocol, AstrohavenOptions options, Action<Func<DomeEvidence, DomeEvidence>> report)
{
    /// <summary>How long to listen for an answer to a nudge before the next one.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_settling = TimeSpan.FromMilliseconds(300);

    /// <summary>Opens A, then B; a leaf that does not open ends it. True if both open limits were seen and the controller then says that neither is closed.</summary>
    public async ValueTask OpenAsync(CancellationToken cancel)
    {
        foreach (var leaf in new[] { Leaf.A, Leaf.B })
        {
            if (!await MoveAsync(leaf, opens: true, cancel))
                throw Failed($"leaf {leaf} did not reach its open end within {options.MoveTimeout.TotalSeconds:0} s; the other leaf was left alone");
        }

        if (await SettleAsync(cancel) is var status && status != AstrohavenBytes.NeitherClosed)
            throw Failed($"both open limits were reported, but the controller then says {Said(status)}");
    }

    /// <summary>Closes both leaves, each whatever becomes of the other, and a failed one once more. Succeeds only if the controller then says that both are closed.</summary>
    public async ValueTask CloseAsync(CancellationToken cancel)
    {
        Leaf[] order = options.CloseOrder == LeafOrder.AThenB ? [Leaf.A, Leaf.B] : [Leaf.B, Leaf.A];
        var open = order;
        for (var pass = 0; pass < 2 && open.Length > 0; pass++)
        {
            var failed = new List<Leaf>();
            foreach (var leaf in open)
            {
                if (!await MoveAsync(leaf, opens: false, cancel))
                    failed.Add(leaf);
            }

            open = [.. failed];
        }

        var status = await SettleAsync(cancel);
        if (open.Length > 0)
            throw Failed($"leaf {string.Join(" and ", open)} did not confirm its closed end within {options.MoveTimeout.TotalSeconds:0} s, twice; the controller says {Said(status)}");
        if (status != AstrohavenBytes.BothClosed)
            throw Failed($"both closed limits were reported, but the controller then says {Said(status)}");
        report(e => e with { IsContradictory = false });
    }

    /// <summary>Moves one leaf to an end. False if its limit was not confirmed in time.</summary>
    /// <remarks>
    /// A controller that has fallen silent is told to open no more. It is told to close to the end of the time all the same: it may hear although it is not heard.
    /// </remarks>
    public async ValueTask<bool> MoveAsync(Leaf leaf, bool opens, CancellationToken cancel)
    {
        var (nudge, limit) = (AstrohavenBytes.Nudge(leaf, opens), AstrohavenBytes.Limit(leaf, opens));
        var confirmations = opens ? 1 : options.CloseConfirmations;
        report(e => e.Moving(leaf));
        protocol.Discard();
        var time = protocol.Link.Time;
        var begun = time.GetTimestamp();
        var lastHeard = begun;
        while (time.GetElapsedTime(begun) < options.MoveTimeout)
        {
            cancel.ThrowIfCancellationRequested();
            await protocol.SendAsync(nudge);
            var heard = await HearAsync(s_answer, cancel);
            if (heard is not null)
                lastHeard = time.GetTimestamp();
            else if (opens && time.GetElapsedTime(lastHeard) > options.Silence)
                throw Silent();
            if (heard == limit && --confirmations == 0)
            {
                if (opens)
                    report(e => e.With(leaf, LeafPosition.Open));
                for (var i = 0; i < options.ExtraCloseNudges && !opens; i++)
                    await NudgeAsync(leaf, opens, cancel);
                return true;
            }
        }

        return false;
    }

    /// <summary>One nudge, and whatever is answered to it.</summary>
    public async ValueTask NudgeAsync(Leaf leaf, bool opens, CancellationToken cancel)
    {
        report(e => e.Moving(leaf));
        await protocol.SendAsync(AstrohavenBytes.Nudge(leaf, opens));
        if (await HearAsync(s_settling, cancel) is { } answer && opens && answer == AstrohavenBytes.Limit(leaf, opens))
            report(e => e.With(leaf, LeafPosition.Open));
    }

    /// <summary>Skips what is still answered to the last nudges until the controller says the same status twice; null if it does not.</summary>
    public async ValueTask<byte?> SettleAsync(CancellationToken cancel)
    {
        var time = protocol.Link.Time;
        var begun = time.GetTimestamp();
        byte? last = null;
        while (options.Silence * 2 - time.GetElapsedTime(begun) is var left && left > TimeSpan.Zero)
        {
            var heard = await HearAsync(left < options.Silence ? left : options.Silence, cancel)
                ?? throw Silent();
            if (!AstrohavenBytes.IsStatus(heard))
                continue;
            if (heard == last)
            {
                report(e => e.WithStatus(heard, options.SwapSingleLeafCodes));
                return heard;
            }

            last = heard;
        }

        return null;
    }

    /// <summary>What a status byte means, for people.</summary>
    public static string Said(byte? status) => status switch
    {
        AstrohavenBytes.BothClosed => "that both leaves are closed",
        AstrohavenBytes.OnlyAClosed or AstrohavenBytes.OnlyBClosed => $"that only one leaf is closed ({(char)status})",
        AstrohavenBytes.NeitherClosed => "that neither leaf is closed",
        _ => "nothing that agrees with itself",
    };

    private static MoveFailedException Failed(FormattableString what) => new(FormattableString.Invariant(what) + ". Look at the dome.");

    private LinkException Silent() => new(LinkFault.Timeout, protocol.Link.Name, "the dome's controller has fallen silent", deadline: options.Silence);

    private async ValueTask<byte?> HearAsync(TimeSpan within, CancellationToken cancel)
    {
        var heard = await protocol.HearAsync(within, cancel);
        if (heard is { } b)
            report(e => e with { Heard = e.Heard.SetItem((char)b, e.Heard.GetValueOrDefault((char)b) + 1) });
        return heard;
    }
}
