namespace DataServices.Fits;

/// <summary>
/// One header entry. <see cref="Value"/> is a bool, long, double or string, or null for a keyword without a value and for the
/// commentary keywords COMMENT, HISTORY and blank, whose text is in <see cref="Comment"/>.
/// </summary>
/// <param name="Keyword">Upper case. More than eight characters, or blanks in it, make it a HIERARCH keyword (written without that prefix here).</param>
/// <param name="Value">The typed value.</param>
/// <param name="Comment">What follows the slash, or the text of a commentary card; by custom the unit stands first, in brackets.</param>
public sealed record FitsCard(string Keyword, object? Value, string? Comment = null)
{
    /// <summary>Whether this is COMMENT, HISTORY or a blank keyword.</summary>
    public bool IsCommentary => Keyword is "COMMENT" or "HISTORY" or "";

    /// <summary>Whether the keyword needs the HIERARCH convention.</summary>
    public bool IsHierarch => FitsCardText.IsHierarch(Keyword);
}
