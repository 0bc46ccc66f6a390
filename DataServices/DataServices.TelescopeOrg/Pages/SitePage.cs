using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace DataServices.TelescopeOrg;

/// <summary>A parsed page of the site, with its address for messages.</summary>
internal sealed partial class SitePage
{
    private readonly Lazy<IReadOnlyList<(string Label, string Value)>> _cells;
    private readonly Lazy<IReadOnlyList<(string Label, string Value)>> _neighbours;
    private readonly string _html;

    private SitePage(string address, string html)
    {
        (Address, _html) = (address, html);
        Document = new HtmlParser().ParseDocument(html);
        _cells = new(ReadCells);
        _neighbours = new(() =>
        {
            var cells = Leaves(Document.QuerySelectorAll("td, th, dt, dd")).ToList();
            return [.. cells.Zip(cells.Skip(1))];
        });
    }

    public string Address { get; }

    public IHtmlDocument Document { get; }

    /// <summary>Label and value of every table row and definition list, in page order.</summary>
    public IReadOnlyList<(string Label, string Value)> Cells => _cells.Value;

    /// <exception cref="NotLoggedInException">It is the login page.</exception>
    public static SitePage Parse(string address, string html) =>
        LoginForm.IsOn(html) ? throw new NotLoggedInException(address) : new SitePage(address, html);

    /// <summary>
    /// The value beside a label: of the rows' pairs the one whose label reads so, else the first that contains it; else, whatever the rows look
    /// like, the cell behind the first that does.
    /// </summary>
    public string? Value(string label) => Find(Cells, label) ?? Find(_neighbours.Value, label);

    private static string? Find(IReadOnlyList<(string Label, string Value)> pairs, string label)
    {
        var exact = pairs.FirstOrDefault(pair => pair.Label.TrimEnd(':', ' ').Equals(label, StringComparison.OrdinalIgnoreCase));
        return exact.Value ?? pairs.FirstOrDefault(pair => pair.Label.Contains(label, StringComparison.OrdinalIgnoreCase)).Value;
    }

    public SiteFormatException Changed(string missing) => new(Address, missing, _html);

    /// <summary>Text with every run of blanks as one, and non-breaking ones as blanks.</summary>
    public static string Normalised(string text) => Blank().Replace(text, " ").Trim();

    // Cells that hold a table are layout; their inner cells count. A row of headings labels the row below it. Other rows of an even number of cells are label, value, label, value;
    // in others every cell may be the label of the next one.
    private List<(string Label, string Value)> ReadCells()
    {
        var pairs = new List<(string, string)>();
        string? lone = null;
        foreach (var row in Document.QuerySelectorAll("tr, dl"))
        {
            var following = row.NextElementSibling ?? row.ParentElement?.NextElementSibling?.FirstElementChild;
            if (IsHeading(row) && following is { LocalName: "tr" } below && !IsHeading(below) && below.Children.Length == row.Children.Length)
            {
                pairs.AddRange(Leaves(row.Children).Zip(Leaves(below.Children)));
                continue;
            }

            var cells = Leaves(row.Children.Where(cell => cell.LocalName is "td" or "th" or "dt" or "dd")).ToList();
            if (cells.Count == 1)
            {
                if (lone is not null)
                    pairs.Add((lone, cells[0]));
                lone = lone is null ? cells[0] : null;
                continue;
            }

            lone = null;
            var step = cells.Count % 2 == 0 ? 2 : 1;
            for (var i = 0; i + 1 < cells.Count; i += step)
                pairs.Add((cells[i], cells[i + 1]));
        }

        return pairs;
    }

    // A row of labels above a row of values; the values may be in the body of a table whose head this is.
    private static bool IsHeading(IElement row) => row.Children.Length > 1 && row.Children.All(cell => cell.LocalName == "th");

    private static IEnumerable<string> Leaves(IEnumerable<IElement> cells) =>
        cells.Where(cell => cell.QuerySelector("td, th, dd") is null).Select(cell => Normalised(cell.TextContent));

    [GeneratedRegex(@"[\s\u00a0]+")]
    private static partial Regex Blank();
}
