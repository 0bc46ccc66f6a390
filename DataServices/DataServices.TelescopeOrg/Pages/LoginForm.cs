using AngleSharp.Html.Parser;

namespace DataServices.TelescopeOrg;

/// <summary>Recognises the page that the site shows instead of any other when nobody is logged in.</summary>
internal static class LoginForm
{
    public static bool IsOn(string html)
    {
        // Cheap test first: most pages have no password field.
        if (!html.Contains("password", StringComparison.OrdinalIgnoreCase))
            return false;
        var document = new HtmlParser().ParseDocument(html);
        return document.QuerySelector("form input[type=password]") is not null
            || document.QuerySelectorAll("form").Any(form => (form.GetAttribute("action") ?? "").Contains("login.php", StringComparison.OrdinalIgnoreCase));
    }
}
