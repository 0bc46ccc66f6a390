namespace Alpaca.Client;

/// <summary>In which way the link to a server failed.</summary>
public enum LinkFailure
{
    /// <summary>No connection could be made.</summary>
    Unreachable,

    /// <summary>No complete answer came before the deadline.</summary>
    Timeout,

    /// <summary>The answer was an HTTP status other than 200.</summary>
    HttpStatus,

    /// <summary>The answer ended too early, or is not JSON although it says so.</summary>
    BrokenReply,

    /// <summary>The answer is something else, for example a web page.</summary>
    ContentType,

    /// <summary>The answer is JSON or ImageBytes, but not what the standard wants: no value, or one of the wrong type.</summary>
    InvalidReply,
}

/// <summary>
/// The server did not answer as an Alpaca server does, so nothing is known about the device. What a device itself refuses is an AlpacaException.
/// </summary>
public sealed class AlpacaLinkException : HttpRequestException
{
    internal AlpacaLinkException(LinkFailure kind, RequestSubject subject, string message, Exception? cause = null, int? status = null)
        : base(subject.IsCommand && kind != LinkFailure.Unreachable
            ? $"{subject}: {message} Whether the command was carried out is unknown; read the device's state before repeating it."
            : $"{subject}: {message}", cause, (System.Net.HttpStatusCode?)status)
    {
        (Kind, Server, Device, Member, HttpStatus) = (kind, subject.Server, subject.Device, subject.Member, status);
        OutcomeUnknown = subject.IsCommand && kind != LinkFailure.Unreachable;
    }

    /// <summary>In which way the link failed.</summary>
    public LinkFailure Kind { get; }

    /// <summary>The server's root.</summary>
    public Uri Server { get; }

    /// <summary>Type and number of the device, for example <c>focuser 0</c>; <c>management</c> for the server itself.</summary>
    public string Device { get; }

    /// <summary>The member asked for, as the URL spells it.</summary>
    public string Member { get; }

    /// <summary>The HTTP status, if that is what failed.</summary>
    public int? HttpStatus { get; }

    /// <summary>True if a command may have been carried out all the same.</summary>
    public bool OutcomeUnknown { get; }
}
