namespace Alpaca.Hosting;

/// <summary>Why a request, or a connection, got no answer from a device. The names, in snake case, are the <c>reason</c> of the metric.</summary>
internal enum Refusal
{
    /// <summary>Wrong as HTTP or as Alpaca: 400.</summary>
    Malformed,

    /// <summary>Nothing is there: 404.</summary>
    NotFound,

    /// <summary>The wrong verb: 405.</summary>
    WrongMethod,

    /// <summary>The form is too long: 413.</summary>
    TooLong,

    /// <summary>The body did not come in time: 408.</summary>
    TooSlow,

    /// <summary>The Host header names a server that this one is not: 421.</summary>
    ForeignHost,

    /// <summary>A web page of another site asked: 403.</summary>
    ForeignOrigin,

    /// <summary>No credentials: 401.</summary>
    NoCredentials,

    /// <summary>Credentials that are not right: 401.</summary>
    WrongCredentials,

    /// <summary>Too many wrong credentials from this address: 429.</summary>
    TooManyAttempts,

    /// <summary>Credentials that may only read: 403.</summary>
    ReadOnly,

    /// <summary>The server failed: 500.</summary>
    ServerFailure,

    /// <summary>The reply broke off after it had begun.</summary>
    BrokenOff,

    /// <summary>A connection too many for the server: 503.</summary>
    TooManyConnections,

    /// <summary>A connection too many for one address: 503.</summary>
    TooManyConnectionsOfAddress,

    /// <summary>A TLS handshake that failed.</summary>
    FailedHandshake,

    /// <summary>Plain HTTP on a port that speaks TLS: 400.</summary>
    PlainHttp,

    /// <summary>Bytes that are no HTTP request, or one beyond the bounds: 400, 408, 414, 431.</summary>
    NotHttp,

    /// <summary>A client that did not take its reply.</summary>
    SlowReader,
}
