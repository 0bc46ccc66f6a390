using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Alpaca.Contract.Generator;

/// <summary>Plain sentences out of documentation comments.</summary>
internal static class Documentation
{
    public static string Summary(ISymbol symbol) => Text(Read(symbol)?.Element("summary"));

    public static string Parameter(ISymbol symbol, string name) =>
        Text(Read(symbol)?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == name));

    private static XElement? Read(ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml();
        return string.IsNullOrEmpty(xml) ? null : XElement.Parse(xml);
    }

    private static string Text(XElement? element)
    {
        if (element is null)
            return string.Empty;
        var text = string.Concat(element.DescendantNodes().Select(node => node switch
        {
            XText plain => plain.Value,
            XElement see when see.Attribute("cref") is { } reference => LastName(reference.Value),
            _ => string.Empty,
        }));
        return Regex.Replace(text, @"\s+", " ").Trim();
    }

    private static string LastName(string reference)
    {
        var path = reference.Split('(')[0];
        var name = path.Substring(path.LastIndexOf('.') + 1);
        return name.EndsWith("Async", System.StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name;
    }
}
