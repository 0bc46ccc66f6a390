namespace DataServices.Fits;

/// <summary>Which keywords describe the layout of the file and are therefore cfitsio's to write, never the caller's.</summary>
internal static class FitsStructure
{
    private static readonly HashSet<string> Exact =
    [
        "SIMPLE", "XTENSION", "BITPIX", "NAXIS", "EXTEND", "PCOUNT", "GCOUNT", "GROUPS", "BZERO", "BSCALE", "TFIELDS", "THEAP", "END",
        "CHECKSUM", "DATASUM", "LONGSTRN", "ZIMAGE", "ZSIMPLE", "ZEXTEND", "ZTENSION", "ZBITPIX", "ZNAXIS", "ZPCOUNT", "ZGCOUNT", "ZCMPTYPE",
        "ZQUANTIZ", "ZDITHER0", "ZBLANK", "ZSCALE", "ZZERO", "ZHECKSUM", "ZDATASUM", "ZBLOCKED",
    ];

    private static readonly string[] Numbered = ["NAXIS", "TTYPE", "TFORM", "TUNIT", "TSCAL", "TZERO", "TNULL", "TDIM", "TDISP", "ZNAXIS", "ZTILE", "ZNAME", "ZVAL"];

    public static bool IsStructural(FitsCard card)
    {
        if (Exact.Contains(card.Keyword))
            return true;
        // cfitsio names its compressed images so; it says nothing about the image.
        if (card is { Keyword: "EXTNAME", Value: "COMPRESSED_IMAGE" })
            return true;
        foreach (var stem in Numbered)
        {
            if (card.Keyword.Length > stem.Length && card.Keyword.StartsWith(stem, StringComparison.Ordinal)
                && !card.Keyword.AsSpan(stem.Length).ContainsAnyExceptInRange('0', '9'))
                return true;
        }

        return false;
    }
}
