using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>A page or an answer of the site has a shape this client does not know: the site has probably changed. The message names the page.</summary>
public sealed partial class SiteFormatException : TelescopeOrgException
{
    private const int ExcerptLength = 200;

    public SiteFormatException()
        : this("telescope.org: a page has changed.")
    {
    }

    public SiteFormatException(string message)
        : base(message)
    {
    }

    public SiteFormatException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <param name="page">Path and query of the page.</param>
    /// <param name="missing">What was looked for and not found.</param>
    /// <param name="content">The answer; its first 200 characters are quoted, without cookies.</param>
    public SiteFormatException(string page, string missing, string content)
        : base($"telescope.org: the page {page} has changed: {missing}. It begins: {Excerpt(content)}") => Page = page;

    /// <summary>Path and query of the page that changed.</summary>
    public string Page { get; } = "";

    private static string Excerpt(string content)
    {
        var text = Blank().Replace(Cookie().Replace(content.Length > 4096 ? content[..4096] : content, "$1=***"), " ").Trim();
        return text.Length > ExcerptLength ? text[..ExcerptLength] : text;
    }

    [GeneratedRegex(@"([\w-]*(?:sess|cookie|token|ticket|passw)[\w-]*)[""']?\s*[=:]\s*[""']?[^;""'<>\s]+", RegexOptions.IgnoreCase)]
    private static partial Regex Cookie();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
