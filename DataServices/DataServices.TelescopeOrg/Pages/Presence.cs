namespace DataServices.TelescopeOrg;

/// <summary>Tells a page about something unknown from a page whose layout has changed.</summary>
internal static class Presence
{
    private const int RowsOfAFullPage = 4;

    /// <exception cref="ObservationNotFoundException">The page shows no data.</exception>
    /// <exception cref="SiteFormatException">It shows data, but none of the labels.</exception>
    public static void Require(SitePage page, IEnumerable<string> labels, string what)
    {
        if (labels.Any(label => !string.IsNullOrEmpty(page.Value(label))))
            return;
        if (page.Cells.Count(cell => cell.Label.Length > 0 && cell.Value.Length > 0) >= RowsOfAFullPage)
            throw page.Changed($"none of the rows {string.Join(", ", labels)} is there");
        throw new ObservationNotFoundException($"telescope.org shows no {what}: check the number, and that it belongs to this account.");
    }
}
