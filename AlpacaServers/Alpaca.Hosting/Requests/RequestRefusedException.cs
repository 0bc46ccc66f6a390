namespace Alpaca.Hosting;

/// <summary>A request that is wrong as HTTP or as Alpaca, before any device is asked: answered with a 4xx status and a sentence that says what to do.</summary>
internal sealed class RequestRefusedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>For 405: the verbs that would work.</summary>
    public string? Allow { get; init; }
}
