using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace DataServices.TelescopeOrg;

/// <summary>Reads the result table of <c>v3job-search-query.php</c>.</summary>
internal static partial class JobSearchPage
{
    private const int CellsOfAResult = 3;

    /// <summary>
    /// Job ids in page order: of every table row whose first link leads to a job that job; without such rows, the first such link of every row;
    /// without those, every such link.
    /// </summary>
    /// <exception cref="SiteFormatException">There is a table of results, but none leads to a job.</exception>
    public static IReadOnlyList<int> Read(SitePage page)
    {
        // Rows that hold a table are layout; the rows of that table count.
        var rows = page.Document.QuerySelectorAll("tr").Where(row => row.QuerySelector("tr") is null)
            .Select(row => (Row: row, Links: row.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")!).ToList())).Where(row => row.Links.Count > 0).ToList();
        var found = Jobs(rows.Select(row => row.Links[0]));
        if (found.Count == 0)
            found = Jobs(rows.Select(row => row.Links.Find(link => Job().IsMatch(link))));
        if (found.Count == 0)
            found = Jobs(page.Document.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")));
        if (found.Count == 0
            && (rows.Any(row => row.Row.QuerySelectorAll("td").Length >= CellsOfAResult && row.Links.Exists(link => Numbered().IsMatch(link))) || page.Document.QuerySelectorAll("a[href]").Any(IsNumbered)))
            throw page.Changed("its results have no link with \"jid=\"");
        return found;
    }

    /// <summary>The texts after the headings "Parameters" and "Results".</summary>
    public static string Summary(SitePage page)
    {
        var texts = page.Document.QuerySelectorAll("h1, h2, h3, h4, h5, h6")
            .Where(heading => heading.TextContent.Contains("Parameters", StringComparison.OrdinalIgnoreCase) || heading.TextContent.Contains("Results", StringComparison.OrdinalIgnoreCase))
            .Select(heading => $"{SitePage.Normalised(heading.TextContent)}: {SitePage.Normalised(heading.NextSibling?.TextContent is { } text && text.Trim().Length > 0 ? text : heading.NextElementSibling?.TextContent ?? "")}");
        return string.Join(Environment.NewLine, texts);
    }

    private static List<int> Jobs(IEnumerable<string?> links) =>
        [.. links.Select(link => Job().Match(link ?? "")).Where(match => match.Success).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct()];

    [GeneratedRegex(@"(?<![A-Za-z])jid=(\d{1,9})", RegexOptions.IgnoreCase)]
    private static partial Regex Job();

    // A link that shows the number it leads to.
    private static bool IsNumbered(IElement link) => Numbered().Match(link.GetAttribute("href")!) is { Success: true } number && link.TextContent.Contains(number.Value, StringComparison.Ordinal);

    // As job numbers are; the links of menus and headings have none.
    [GeneratedRegex(@"\d{4,9}")]
    private static partial Regex Numbered();
}
