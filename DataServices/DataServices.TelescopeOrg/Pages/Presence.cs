namespace DataServices.TelescopeOrg;

/// <summary>Tells a page about something unknown from a page whose layout has changed.</summary>
internal static class Presence
{
    private const int RowsOfAFullPage = 4;

    /// <exception cref="ObservationNotFoundException">The page shows no data.</exception>
    /// <exception cref="SiteFormatException">It shows data, but none of the labels.</exception>
    public static void Require(SitePage page, IReadOnlyList<string> labels, string what)
    {
        if (labels.Any(label => !string.IsNullOrEmpty(page.Value(label))))
            return;
        // Labels beside nothing are how an unknown number may look; labels outside every table are another layout.
        var text = page.Document.Body?.TextContent ?? "";
        var isElsewhere = labels.All(label => page.Value(label) is null) && labels.Count(label => text.Contains(label, StringComparison.OrdinalIgnoreCase)) > 1;
        if (isElsewhere || page.Cells.Count(cell => cell.Label.Length > 0 && cell.Value.Length > 0) >= RowsOfAFullPage)
            throw page.Changed($"none of the rows {string.Join(", ", labels)} has a value");
        throw new ObservationNotFoundException(
            $"telescope.org shows no {what} at {page.Address}: check the number, and that it belongs to this account. If a browser shows it there, the page has changed.");
    }
}
