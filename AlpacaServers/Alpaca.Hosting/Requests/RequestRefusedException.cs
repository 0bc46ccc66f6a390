using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>A request that is wrong as HTTP or as Alpaca, before any device is asked: answered with a 4xx status and a sentence that says what to do.</summary>
internal sealed class RequestRefusedException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>Why, for the metrics; follows from the status where that says enough.</summary>
    public Refusal Reason { get; init; } = ReasonOf(status);

    /// <summary>For 405: the verbs that would work.</summary>
    public string? Allow { get; init; }

    /// <summary>The reason that a status stands for.</summary>
    public static Refusal ReasonOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => Refusal.NotFound,
        StatusCodes.Status405MethodNotAllowed => Refusal.WrongMethod,
        StatusCodes.Status408RequestTimeout => Refusal.TooSlow,
        StatusCodes.Status413PayloadTooLarge => Refusal.TooLong,
        _ => Refusal.Malformed,
    };
}
