using System.Text;
using System.Text.Encodings.Web;

namespace Alpaca.Hosting;

/// <summary>A page in the making. What people or devices named goes through <see cref="Text"/>, which no markup survives.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();

    /// <summary>Appends markup of our own.</summary>
    public HtmlText Raw(string markup)
    {
        _html.Append(markup);
        return this;
    }

    /// <summary>Appends text, encoded.</summary>
    public HtmlText Text(string text)
    {
        _html.Append(HtmlEncoder.Default.Encode(text));
        return this;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_html.ToString());
}
