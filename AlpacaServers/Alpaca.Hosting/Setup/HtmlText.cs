using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Alpaca.Hosting;

/// <summary>
/// A page in the making. In <c>page.Write($"&lt;p&gt;{name}&lt;/p&gt;")</c> the text between the holes is markup of our own; what is in the holes, which people or devices
/// may have named, is encoded: no markup survives there.
/// </summary>
internal sealed class HtmlText
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder _html = new();

    /// <summary>Appends markup with encoded holes.</summary>
    public HtmlText Write([InterpolatedStringHandlerArgument("")] ref Markup markup) => this;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_html.ToString());

    /// <summary>Takes the markup apart.</summary>
    [InterpolatedStringHandler]
#pragma warning disable CS9113 // The compiler passes how long the text is.
    public readonly ref struct Markup(int literalLength, int formattedCount, HtmlText page)
#pragma warning restore CS9113
    {
        public void AppendLiteral(string literal) => page._html.Append(literal);

        public void AppendFormatted(string? text) => page._html.Append(s_encoder.Encode(text ?? ""));

        public void AppendFormatted(HtmlAttribute? attribute)
        {
            if (attribute is not null)
                page.Write($" {attribute.Name}=\"{attribute.Value}\"");
        }

        public void AppendFormatted(HtmlSpan? span)
        {
            if (span is not null)
                page.Write($"<span class=\"{span.CssClass}\">{span.Text}</span>");
        }

        public void AppendFormatted(HtmlLink? link)
        {
            if (link is not null)
                page.Write($" \u00b7 <a href=\"{link.Path}\">{link.Text}</a>");
        }

        public void AppendFormatted(uint number) => page._html.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(int number) => page._html.Append(number.ToString(CultureInfo.InvariantCulture));
    }
}
