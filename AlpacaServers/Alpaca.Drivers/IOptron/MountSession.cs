using System.Text;
using Alpaca.Devices.Links;

namespace Alpaca.Drivers.IOptron;

/// <summary>Talks to a mount over an open link: one command at a time, each under a deadline, its answer read by its kind.</summary>
/// <remarks>
/// Answers can come late and be taken for those of the next command: what has come in is forgotten before each command, and an answer that does not fit to
/// the last character is refused. Questions are then asked once more; what sets or moves something is not sent twice.
/// </remarks>
internal sealed class MountSession(Dialogue dialogue)
{
    private const byte Hash = (byte)'#';
    private const int LongestReply = 64;
    private static readonly TimeSpan s_slowTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_rawSilence = TimeSpan.FromMilliseconds(500);

    private long _garbage;

    /// <summary>The port's name.</summary>
    public string Port => dialogue.Link.Name;

    /// <summary>What went over the line and what went wrong on it.</summary>
    public DialogueCounters Counters => dialogue.Counters;

    /// <summary>Bytes thrown away because no answer begins with them.</summary>
    public long Garbage => Interlocked.Read(ref _garbage);

    /// <summary>Sends a command and returns its answer without end mark; empty for a command that has none.</summary>
    /// <exception cref="LinkException">No answer, or none that fits.</exception>
    public ValueTask<string> SendAsync(MountCommand command, CancellationToken cancel) => SendAsync(command, reply => reply, cancel);

    /// <summary>Sends a command and reads its answer; a question with an unfit answer is asked once more.</summary>
    public async ValueTask<T> SendAsync<T>(MountCommand command, Func<string, T> read, CancellationToken cancel)
    {
        try
        {
            return await OnceAsync(command, read, cancel);
        }
        catch (LinkException e) when (command.IsQuery && e.Fault is LinkFault.Timeout or LinkFault.Malformed)
        {
            dialogue.Counters.CountRetry();
            return await OnceAsync(command, read, cancel);
        }
    }

    /// <summary>Sends a command that the mount answers with yes or no.</summary>
    /// <returns>False if it refused.</returns>
    public async ValueTask<bool> DoAsync(MountCommand command, CancellationToken cancel) => await SendAsync(command, cancel) is "1" or "";

    /// <summary>Sends anything and returns whatever comes until the line is silent: for diagnosis.</summary>
    public async ValueTask<string> RawAsync(string command, CancellationToken cancel) => await dialogue.ExchangeAsync(
        command,
        async c => Encoding.Latin1.GetString(await dialogue.Reader.ReadQuietAsync(s_rawSilence, dialogue.ReplyTimeout, c)),
        dialogue.ReplyTimeout,
        cancel);

    private async ValueTask<T> OnceAsync<T>(MountCommand command, Func<string, T> read, CancellationToken cancel)
    {
        var deadline = command.IsSlow && s_slowTimeout > dialogue.ReplyTimeout ? s_slowTimeout : dialogue.ReplyTimeout;
        try
        {
            return read(await dialogue.ExchangeAsync(command.Text, c => ReadAsync(command, deadline, c), dialogue.ReplyTimeout, cancel));
        }
        catch (LinkException e) when (e.Fault == LinkFault.Timeout && command.SilenceIsYes)
        {
            return read("1");
        }
        catch (MalformedReplyException e)
        {
            throw dialogue.Malformed(command.Text, e.Reply, e.Why);
        }
    }

    private async ValueTask<string> ReadAsync(MountCommand command, TimeSpan deadline, CancellationToken cancel) => command.Reply switch
    {
        ReplyKind.None => "",
        ReplyKind.Model => (char)await SkipGarbageAsync(deadline, cancel) + Encoding.ASCII.GetString(await dialogue.Reader.ReadExactlyAsync(3, deadline, cancel)),
        ReplyKind.YesOrNo => await ReadYesOrNoAsync(command, deadline, cancel),
        _ => (char)await SkipGarbageAsync(deadline, cancel) + Encoding.ASCII.GetString(await dialogue.Reader.ReadUntilAsync(Hash, LongestReply, deadline, cancel)),
    };

    private async ValueTask<string> ReadYesOrNoAsync(MountCommand command, TimeSpan deadline, CancellationToken cancel)
    {
        var answer = ((char)await SkipGarbageAsync(deadline, cancel)).ToString();
        if (answer is not ("0" or "1"))
            throw new MalformedReplyException(command.Text, answer, "it is neither yes nor no");

        // Some firmware ends even these with a hash sign; anything more that is there means that this was part of another answer.
        while (await dialogue.Reader.TryReadByteAsync(TimeSpan.Zero, cancel) is { } more)
        {
            if (more != Hash)
                throw new MalformedReplyException(command.Text, answer + (char)more, "it goes on after yes or no");
        }

        return answer;
    }

    /// <summary>The first byte that an answer can begin with: a digit or a sign.</summary>
    private async ValueTask<byte> SkipGarbageAsync(TimeSpan deadline, CancellationToken cancel)
    {
        var time = dialogue.Link.Time;
        var begun = time.GetTimestamp();
        while (true)
        {
            var left = deadline - time.GetElapsedTime(begun);
            var next = await dialogue.Reader.ReadByteAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel);
            if (next is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-')
                return next;
            Interlocked.Increment(ref _garbage);
        }
    }
}
