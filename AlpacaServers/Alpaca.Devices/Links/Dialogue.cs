using System.Text;

namespace Alpaca.Devices.Links;

/// <summary>
/// Question and answer with an instrument: forget old input, send, read the reply under a deadline. After an exchange that went wrong the next
/// one first waits until the line is silent, so that a late answer is never taken for the answer to another question.
/// </summary>
/// <param name="link">The open link.</param>
/// <param name="replyTimeout">How long a reply may take.</param>
public sealed class Dialogue(ILink link, TimeSpan replyTimeout)
{
    private bool _isOutOfStep;

    /// <summary>The link itself, and its time.</summary>
    public ILink Link { get; } = link;

    /// <summary>For replies of other shapes than those below.</summary>
    public LinkReader Reader { get; } = new(link);

    /// <summary>How long a reply may take.</summary>
    public TimeSpan ReplyTimeout { get; } = replyTimeout;

    /// <summary>How long the line must be silent before it counts as silent.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a question is asked again when the answer is missing or makes no sense.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Entered around each exchange: on an accelerated clock, holds it at real rate, since an exchange on a real line costs what it really costs.</summary>
    public Func<IDisposable>? AroundExchange { get; init; }

    /// <summary>What went over the line and what went wrong on it.</summary>
    public DialogueCounters Counters { get; } = new();

    /// <summary>Asks something that changes nothing, again if need be; the answer ends with a terminator, which is not returned.</summary>
    /// <param name="question">What to send, complete.</param>
    /// <param name="terminator">The character that ends the answer.</param>
    /// <param name="parse">Turns the answer into a value; null if it cannot be an answer to this.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <exception cref="LinkException">No answer, or none that makes sense.</exception>
    public ValueTask<T> AskAsync<T>(string question, char terminator, Func<string, T?> parse, CancellationToken cancel = default)
        where T : struct => AgainAsync(question, c => CommandAsync(question, terminator, c), parse, cancel);

    /// <summary>Asks something that changes nothing, again if need be; the answer has a fixed length.</summary>
    /// <inheritdoc cref="AskAsync{T}(string, char, Func{string, T?}, CancellationToken)"/>
    public ValueTask<T> AskAsync<T>(string question, int length, Func<string, T?> parse, CancellationToken cancel = default)
        where T : struct => AgainAsync(question, c => CommandAsync(question, length, c), parse, cancel);

    /// <summary>Sends a command once and returns its reply, which ends with a terminator (not returned).</summary>
    public ValueTask<string> CommandAsync(string command, char terminator, CancellationToken cancel = default) =>
        ExchangeAsync(command, c => Reader.ReadUntilAsync((byte)terminator, LongestReply, ReplyTimeout, c), cancel);

    /// <summary>Sends a command once and returns its reply of a fixed length.</summary>
    public ValueTask<string> CommandAsync(string command, int length, CancellationToken cancel = default) =>
        ExchangeAsync(command, c => Reader.ReadExactlyAsync(length, ReplyTimeout, c), cancel);

    /// <summary>Sends a command that has no reply.</summary>
    public async ValueTask SendAsync(string command, CancellationToken cancel = default)
    {
        await ExchangeAsync(command, _ => new([]), cancel);
    }

    /// <summary>The failure to throw when a reply cannot be one.</summary>
    /// <param name="command">What was sent.</param>
    /// <param name="reply">What came.</param>
    /// <param name="expected">What a reply looks like, or what is wrong with this one.</param>
    public LinkException Malformed(string command, string reply, string expected)
    {
        _isOutOfStep = true;
        Counters.CountMalformed();
        return new(LinkFault.Malformed, Link.Name, $"the reply makes no sense ({expected})", Printable(command), lastBytes: Encoding.Latin1.GetBytes(reply));
    }

    /// <summary>The failure to throw when the device says no.</summary>
    public LinkException Rejected(string command, string reply) =>
        new(LinkFault.Rejected, Link.Name, "the device refused the command", Printable(command), lastBytes: Encoding.Latin1.GetBytes(reply));

    /// <summary>No reply of an instrument is longer.</summary>
    public int LongestReply { get; init; } = 512;

    private static string Printable(string command) => WireText.Escape(Encoding.Latin1.GetBytes(command));

    private async ValueTask<T> AgainAsync<T>(string question, Func<CancellationToken, ValueTask<string>> ask, Func<string, T?> parse, CancellationToken cancel)
        where T : struct
    {
        for (var left = Retries; ; left--)
        {
            try
            {
                var reply = await ask(cancel);
                return parse(reply) ?? throw Malformed(question, reply, $"expected the answer to {Printable(question)}");
            }
            catch (LinkException e) when (left > 0 && e.Fault is LinkFault.Timeout or LinkFault.Malformed)
            {
                Counters.CountRetry();
            }
        }
    }

    private async ValueTask<string> ExchangeAsync(string command, Func<CancellationToken, ValueTask<byte[]>> read, CancellationToken cancel) =>
        Encoding.Latin1.GetString(await ExchangeAsync(command, read, ReplyTimeout, cancel));

    /// <summary>Sends a command once and reads its reply, whatever shape that has.</summary>
    /// <param name="command">What to send, complete.</param>
    /// <param name="read">Reads the reply from <see cref="Reader"/>; what it throws leaves the line out of step.</param>
    /// <param name="timeout">How long sending may take.</param>
    /// <param name="cancel">Gives up waiting for the reply.</param>
    public async ValueTask<T> ExchangeAsync<T>(string command, Func<CancellationToken, ValueTask<T>> read, TimeSpan timeout, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(read);

        using var around = AroundExchange?.Invoke();
        try
        {
            if (_isOutOfStep)
                await Reader.ReadQuietAsync(Quiet, ReplyTimeout, cancel);
            Reader.Discard();
            _isOutOfStep = true;

            // The command goes out whole, whatever happens to the caller: half a command could be another one.
            await Link.WriteAsync(Encoding.Latin1.GetBytes(command), timeout, CancellationToken.None);
            var reply = await read(cancel);
            _isOutOfStep = false;
            Counters.CountExchange();
            return reply;
        }
        catch (LinkException e) when (e.Command is null)
        {
            Counters.Count(e.Fault);
            throw e.During(Printable(command), Reader.Partial);
        }
    }
}
