using System.Globalization;
using Alpaca.Contract;

namespace Alpaca.Devices.Links;

/// <summary>A failure on a link. The message names the port, the command, the deadline and the last bytes that came.</summary>
public sealed class LinkException : IOException
{
    /// <param name="fault">What kind of failure.</param>
    /// <param name="port">The port as people know it.</param>
    /// <param name="reason">What happened and what to do, as a sentence without its full stop.</param>
    /// <param name="command">What was sent, if it belongs to an exchange.</param>
    /// <param name="deadline">How long was waited.</param>
    /// <param name="lastBytes">What had come until then.</param>
    /// <param name="cause">What the system said.</param>
    public LinkException(
        LinkFault fault,
        string port,
        string reason,
        string? command = null,
        TimeSpan? deadline = null,
        ReadOnlyMemory<byte> lastBytes = default,
        Exception? cause = null)
        : base(Describe(port, reason, command, deadline, lastBytes.Span), cause)
    {
        (Fault, Port, Reason, Command, Deadline, LastBytes) = (fault, port, reason, command, deadline, lastBytes);
    }

    /// <summary>What kind of failure.</summary>
    public LinkFault Fault { get; }

    /// <summary>The port as people know it.</summary>
    public string Port { get; }

    /// <summary>What happened, without the particulars.</summary>
    public string Reason { get; }

    /// <summary>What was sent, printable; null outside an exchange.</summary>
    public string? Command { get; }

    /// <summary>How long was waited; null if waiting was not the problem.</summary>
    public TimeSpan? Deadline { get; }

    /// <summary>What had come of the answer.</summary>
    public ReadOnlyMemory<byte> LastBytes { get; }

    /// <summary>True if the link itself is gone, so that only opening it again can help.</summary>
    public bool IsLoss => Fault is LinkFault.Lost or LinkFault.NotFound or LinkFault.Denied or LinkFault.InUse or LinkFault.Settings;

    /// <summary>The error number for Alpaca clients.</summary>
    public int Number => Fault switch
    {
        LinkFault.Malformed => DriverError.MalformedReply,
        LinkFault.Rejected => DriverError.Rejected,
        LinkFault.WrongDevice => DriverError.WrongDevice,
        LinkFault.Lost or LinkFault.NotFound => DriverError.Removed,
        _ => DriverError.LinkTimeout,
    };

    /// <summary>The same failure, of a known exchange.</summary>
    public LinkException During(string command, ReadOnlyMemory<byte> lastBytes) => new(Fault, Port, Reason, command, Deadline, lastBytes, this);

    /// <summary>The same failure as clients see it.</summary>
    /// <param name="device">The device's name, with which the message begins.</param>
    public AlpacaException ToAlpaca(string device) => new(Number, $"{device}: {Message}", this);

    private static string Describe(string port, string reason, string? command, TimeSpan? deadline, ReadOnlySpan<byte> lastBytes)
    {
        var text = $"{port}: {reason}";
        if (deadline is { } waited && waited != Timeout.InfiniteTimeSpan)
            text += string.Create(CultureInfo.InvariantCulture, $" within {waited.TotalSeconds:0.###} s");
        if (command is not null)
            text += $" after \"{command}\"";
        if (lastBytes.Length > 0)
            text += $"; received \"{WireText.Escape(lastBytes)}\"";
        else if (command is not null)
            text += "; nothing was received";
        return text + ".";
    }
}
