using System.Text;
using System.Text.RegularExpressions;

namespace Emulators.TelescopeOrg;

/// <summary>The same pages in other markup: what a site may change without changing what it says ("loose"), and a new layout that no client can know ("new").</summary>
internal static partial class SiteMarkup
{
    public const string Loose = "loose", New = "new";

    /// <summary>The page as the named markup writes it.</summary>
    public static SiteReply Written(SiteReply page, string markup)
    {
        if (markup.Length == 0 || !page.Type.StartsWith("text/html;", StringComparison.Ordinal))
            return page;
        var html = Encoding.UTF8.GetString(page.Body);
        return markup == Loose ? page with { Type = "text/html; charset=ISO-8859-1", Body = Encoding.Latin1.GetBytes(Loosened(html)) } : page with { Body = Encoding.UTF8.GetBytes(Renewed(html)) };
    }

    // Upper case, closing tags left out, attributes in another order and without quotes, a column more, text as entities, tables within tables, letters beyond ASCII.
    private static string Loosened(string html)
    {
        html = Label().Replace(html, match => $"<td class=l nowrap><font color=red>&#{(int)match.Groups[1].Value[0]};{match.Groups[1].Value[1..].Replace(" ", "&nbsp;", StringComparison.Ordinal)}&#58;</font>");
        html = html.Replace("</td></tr>", "<td><img alt='?' src=help.png>", StringComparison.Ordinal).Replace("</td>", "", StringComparison.Ordinal);
        html = Link().Replace(html, "<A CLASS=k TITLE='voilà >' HREF='$1'>");
        html = Frame().Replace(html, "<IFRAME SRC='$2' frameborder=0 WIDTH=$1>");
        return html.Replace("<table>", "<TABLE border=0><TR><TD>Données<TD><TABLE id=t>", StringComparison.Ordinal)
            .Replace("</table>", "</TABLE></TABLE>", StringComparison.Ordinal).Replace("<tr>", "<TR bgcolor=#eee>", StringComparison.Ordinal);
    }

    // No tables, no frames, numbers as paths.
    private static string Renewed(string html)
    {
        html = Cell().Replace(html, "<span>").Replace("<tr>", "<div>", StringComparison.Ordinal).Replace("</tr>", "</div>", StringComparison.Ordinal).Replace("</td>", "</span>", StringComparison.Ordinal);
        html = html.Replace("?jid=", "/job/", StringComparison.Ordinal).Replace("var info", "const state", StringComparison.Ordinal);
        return Frame().Replace(html, "<object data='$2'></object>");
    }

    [GeneratedRegex("<td><b>([^<]*):</b></td>")]
    private static partial Regex Label();

    [GeneratedRegex("<a href=\"([^\"]*)\">")]
    private static partial Regex Link();

    [GeneratedRegex("<iframe width=\"(\\d+)\" src=\"([^\"]*)\">")]
    private static partial Regex Frame();

    [GeneratedRegex("<t[dh]>")]
    private static partial Regex Cell();
}
