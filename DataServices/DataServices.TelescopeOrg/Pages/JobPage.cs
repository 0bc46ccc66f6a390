using System.Globalization;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>Reads <c>v4request-view.php?jid=N</c>.</summary>
internal static partial class JobPage
{
    private static readonly string[] _labels =
        ["Request ID", "Object Type", "Object ID", "Telescope Type Name", "Filter Type", "Exposure Time", "Completion Time", "Status"];

    public static Job Read(int jid, SitePage page)
    {
        Presence.Require(page, _labels, $"job {jid}");
        return new Job(
            jid,
            Identifiers(page.Value("Request ID")),
            page.Value("Object Type"),
            page.Value("Object ID"),
            page.Value("Telescope Type Name"),
            page.Value("Filter Type"),
            page.Value("Exposure Time"),
            SiteTime.Parse(page.Value("Completion Time")),
            page.Value("Status"),
            FlatId(page));
    }

    /// <summary>The numbers of "R771716 R771970", or of "771716" where no number has a letter; none when the text is missing.</summary>
    public static IReadOnlyList<int> Identifiers(string? text)
    {
        var found = Identifier().Matches(text ?? "");
        var lettered = found.Any(match => match.Groups["letter"].Length > 0);
        return [.. found.Where(match => !lettered || match.Groups["letter"].Length > 0).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture)).Distinct()];
    }

    /// <summary>The flat of the first button or link that loads one: the number behind its last '='.</summary>
    public static int? FlatId(SitePage page)
    {
        foreach (var element in page.Document.QuerySelectorAll("[onclick], a[href]"))
        {
            var action = element.GetAttribute("onclick") ?? element.GetAttribute("href")!;
            if (!action.Contains("dl-flat", StringComparison.OrdinalIgnoreCase))
                continue;
            var number = LastNumber().Match(action);
            if (number.Success)
                return int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture);
        }

        return null;
    }

    [GeneratedRegex(@"(?<![A-Za-z\d])(?<letter>[A-Za-z]?)(?<number>\d{1,9})(?!\d)")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"=\s*[""']?(\d{1,9})[^=]*$")]
    private static partial Regex LastNumber();
}
