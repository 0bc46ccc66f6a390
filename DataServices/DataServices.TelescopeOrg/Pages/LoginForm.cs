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
        // One field for a password; the forms that change it have two or three.
        return document.QuerySelectorAll("form").Any(form => form.QuerySelectorAll("input[type=password i]").Length == 1);
    }
}
