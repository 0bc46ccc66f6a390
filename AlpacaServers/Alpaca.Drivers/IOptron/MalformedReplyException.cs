namespace Alpaca.Drivers.IOptron;

/// <summary>The mount answered something that is no answer to the command.</summary>
internal sealed class MalformedReplyException(string command, string reply, string why)
    : Exception($"The mount answered \"{reply}\" to {command}: {why}.")
{
    public string Command { get; } = command;

    public string Reply { get; } = reply;

    /// <summary>What is wrong with it, as a clause.</summary>
    public string Why { get; } = why;
}
