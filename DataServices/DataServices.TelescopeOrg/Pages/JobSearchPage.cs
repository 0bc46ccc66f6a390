using System.Globalization;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>Reads the result table of <c>v3job-search-query.php</c>.</summary>
internal static partial class JobSearchPage
{
    /// <summary>Job ids in page order: of every table row the first link that leads to a job; without such rows, of every such link.</summary>
    /// <exception cref="SiteFormatException">There is a table of links, but none leads to a job.</exception>
    public static IReadOnlyList<int> Read(SitePage page)
    {
        var found = new List<int>();
        var rows = 0;
        foreach (var row in page.Document.QuerySelectorAll("tr"))
        {
            if (row.QuerySelector("tr") is not null || row.QuerySelector("td a[href]") is not { } link)
                continue;
            rows++;
            if (Job().Match(link.GetAttribute("href")!) is { Success: true } match)
                found.Add(Number(match));
        }

        if (found.Count > 0)
            return [.. found.Distinct()];
        found.AddRange(page.Document.QuerySelectorAll("a[href]").Select(link => Job().Match(link.GetAttribute("href")!)).Where(match => match.Success).Select(Number));
        if (found.Count == 0 && rows > 1)
            throw page.Changed("the rows of its table have no link with \"jid=\"");
        return [.. found.Distinct()];
    }

    /// <summary>The texts after the headings "Parameters" and "Results".</summary>
    public static string Summary(SitePage page)
    {
        var texts = page.Document.QuerySelectorAll("h1, h2, h3, h4, h5, h6")
            .Where(heading => heading.TextContent.Contains("Parameters", StringComparison.OrdinalIgnoreCase) || heading.TextContent.Contains("Results", StringComparison.OrdinalIgnoreCase))
            .Select(heading => $"{SitePage.Normalised(heading.TextContent)}: {SitePage.Normalised(heading.NextSibling?.TextContent is { } text && text.Trim().Length > 0 ? text : heading.NextElementSibling?.TextContent ?? "")}");
        return string.Join(Environment.NewLine, texts);
    }

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"[?&;]jid=(\d{1,9})", RegexOptions.IgnoreCase)]
    private static partial Regex Job();
}
