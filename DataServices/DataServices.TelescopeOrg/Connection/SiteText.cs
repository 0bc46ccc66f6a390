using System.Text;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>Turns the bytes of a page into text: by its byte order mark, the header's charset, the page's own &lt;meta&gt;; else UTF-8, or Windows-1252 when they are none.</summary>
internal static partial class SiteText
{
    private const int MetaWithin = 1024;
    private const int Western = 1252;
    private static readonly UTF8Encoding _utf8 = new(false, throwOnInvalidBytes: true);

    public static string Decode(byte[] bytes, string? charset)
    {
        ReadOnlySpan<byte> text = bytes;
        if (text.StartsWith(Encoding.UTF8.Preamble))
            return Encoding.UTF8.GetString(text[Encoding.UTF8.Preamble.Length..]);
        if (Named(charset) is { } announced)
            return announced.GetString(text);
        if (Meta().Match(Encoding.Latin1.GetString(text[..Math.Min(MetaWithin, text.Length)])) is { Success: true } meta && Named(meta.Groups[1].Value) is { } own)
            return own.GetString(text);
        try
        {
            return _utf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(Western)!.GetString(text);
        }
    }

    // Null for a name that is missing or that nobody knows: "utf8" and the like are common mistakes.
    private static Encoding? Named(string? charset)
    {
        var name = charset?.Trim(' ', '"', '\'').ToLowerInvariant();
        if (string.IsNullOrEmpty(name))
            return null;
        if (name is "utf8" or "utf-8")
            return Encoding.UTF8;
        try
        {
            // As browsers do: what calls itself ISO 8859-1 has the quotes and dashes of Windows-1252.
            return name is "iso-8859-1" or "latin1" or "ascii" or "us-ascii"
                ? CodePagesEncodingProvider.Instance.GetEncoding(Western)
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"<meta[^>]+charset\s*=\s*[""']?\s*([\w-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Meta();
}
