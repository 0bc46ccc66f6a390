namespace Alpaca.Hosting;

/// <summary>An attribute in a tag, with the space before it.</summary>
internal sealed record HtmlAttribute(string Name, string Value);

/// <summary>A piece of text in a span of its own.</summary>
internal sealed record HtmlSpan(string CssClass, string Text);

/// <summary>A link to another page, with a dot before it.</summary>
internal sealed record HtmlLink(string Path, string Text);
