namespace DataServices.Hisparc.Upload;

/// <summary>What is answered.</summary>
/// <param name="Code">The three characters.</param>
/// <param name="Status">HTTP status: 200 for every answer, 429 or 503 when the station has to come back later.</param>
public readonly record struct UploadResult(string Code, int Status = 200)
{
    /// <summary>Come back later: the log cannot take it now.</summary>
    public static UploadResult Unavailable => new("503", 503);

    /// <summary>Come back later: too many wrong passwords.</summary>
    public static UploadResult TooMany => new("429", 429);
}
