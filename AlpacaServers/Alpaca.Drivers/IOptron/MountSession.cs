using System.Text;
using Alpaca.Devices.Links;

namespace Alpaca.Drivers.IOptron;

/// <summary>Talks to a mount over an open link: one command at a time, each under a deadline, its answer read by its kind.</summary>
/// <remarks>
/// Answers can come late and be taken for those of the next command: what has come in is forgotten before each command, and an answer that does not fit to
/// the last character is refused. Questions are then asked once more; what sets or moves something is not sent twice.
/// </remarks>
internal sealed class MountSession(ILink link, TimeSpan replyTimeout)
{
    private const byte Hash = (byte)'#';
    private const int LongestReply = 64;
    private static readonly TimeSpan s_slowTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long after a one-character answer an end mark that some firmware adds may follow.</summary>
    private static readonly TimeSpan s_straySilence = TimeSpan.Zero;

    private readonly LinkReader _reader = new(link);

    /// <summary>The port's name.</summary>
    public string Port => link.Name;

    /// <summary>The time the link's deadlines run on.</summary>
    public TimeProvider Time => link.Time;

    /// <summary>Bytes thrown away because they belonged to no answer.</summary>
    public long Garbage { get; private set; }

    /// <summary>Answers refused.</summary>
    public long Malformed { get; private set; }

    /// <summary>Sends a command and returns its answer without end mark; empty for a command that has none.</summary>
    /// <exception cref="LinkException">No answer, or none that fits.</exception>
    public async ValueTask<string> SendAsync(MountCommand command, CancellationToken cancel) => await SendAsync(command, reply => reply, cancel);

    /// <summary>Sends a command and reads its answer; a question with an unfit answer is asked once more.</summary>
    public async ValueTask<T> SendAsync<T>(MountCommand command, Func<string, T> read, CancellationToken cancel)
    {
        try
        {
            return await OnceAsync(command, read, cancel);
        }
        catch (LinkException e) when (command.IsQuery && e.Fault is LinkFault.Timeout or LinkFault.Malformed)
        {
            return await OnceAsync(command, read, cancel);
        }
    }

    /// <summary>Sends a command that the mount answers with yes or no.</summary>
    /// <returns>False if it refused.</returns>
    public async ValueTask<bool> DoAsync(MountCommand command, CancellationToken cancel) => await SendAsync(command, cancel) is "1" or "";

    private async ValueTask<T> OnceAsync<T>(MountCommand command, Func<string, T> read, CancellationToken cancel)
    {
        _reader.Discard();
        var deadline = command.IsSlow && s_slowTimeout > replyTimeout ? s_slowTimeout : replyTimeout;
        try
        {
            await link.WriteAsync(Encoding.ASCII.GetBytes(command.Text), deadline, cancel);
            return read(await ReadAsync(command, deadline, cancel));
        }
        catch (LinkException e) when (e.Fault == LinkFault.Timeout && command.SilenceIsYes)
        {
            return read("1");
        }
        catch (LinkException e) when (e.Command is null)
        {
            throw e.During(command.Text, _reader.Partial);
        }
        catch (MalformedReplyException e)
        {
            Malformed++;
            throw new LinkException(LinkFault.Malformed, link.Name, e.Message.TrimEnd('.'), command.Text, lastBytes: Encoding.ASCII.GetBytes(e.Reply), cause: e);
        }
    }

    private async ValueTask<string> ReadAsync(MountCommand command, TimeSpan deadline, CancellationToken cancel) => command.Reply switch
    {
        ReplyKind.None => "",
        ReplyKind.Model => await ReadModelAsync(deadline, cancel),
        ReplyKind.YesOrNo => await ReadYesOrNoAsync(command, deadline, cancel),
        _ => await ReadTextAsync(deadline, cancel),
    };

    private async ValueTask<string> ReadModelAsync(TimeSpan deadline, CancellationToken cancel)
    {
        var first = await SkipGarbageAsync(deadline, cancel);
        return (char)first + Encoding.ASCII.GetString(await _reader.ReadExactlyAsync(3, deadline, cancel));
    }

    private async ValueTask<string> ReadTextAsync(TimeSpan deadline, CancellationToken cancel)
    {
        var first = await SkipGarbageAsync(deadline, cancel);
        return (char)first + Encoding.ASCII.GetString(await _reader.ReadUntilAsync(Hash, LongestReply, deadline, cancel));
    }

    private async ValueTask<string> ReadYesOrNoAsync(MountCommand command, TimeSpan deadline, CancellationToken cancel)
    {
        var answer = ((char)await SkipGarbageAsync(deadline, cancel)).ToString();
        if (answer is not ("0" or "1"))
            throw new MalformedReplyException(command.Text, answer, "it is neither yes nor no");

        // Some firmware ends even these with a hash sign; anything more means that this was part of another answer.
        var more = await _reader.ReadQuietAsync(s_straySilence, deadline, cancel);
        if (more.Any(b => b != Hash))
            throw new MalformedReplyException(command.Text, answer + Encoding.ASCII.GetString(more), "it goes on after yes or no");
        return answer;
    }

    /// <summary>The first byte that an answer can begin with: a digit or a sign.</summary>
    private async ValueTask<byte> SkipGarbageAsync(TimeSpan deadline, CancellationToken cancel)
    {
        var begun = link.Time.GetTimestamp();
        while (true)
        {
            var left = deadline - link.Time.GetElapsedTime(begun);
            var next = await _reader.ReadByteAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel);
            if (next is >= (byte)'0' and <= (byte)'9' or (byte)'+' or (byte)'-')
                return next;
            Garbage++;
        }
    }
}
