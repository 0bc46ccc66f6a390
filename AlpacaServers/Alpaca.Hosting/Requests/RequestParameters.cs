using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Alpaca.Hosting;

/// <summary>
/// The parameters of one request, found by scanning the query string or the form where it lies: a request has a handful, and a dictionary would cost more than it saves.
/// A name given twice is refused: which of two targets a telescope should take is not for the server to guess.
/// </summary>
/// <param name="text">Name=value pairs joined by &amp;, percent-encoded.</param>
/// <param name="comparison">Names in a query string have any case, names in a form exactly one.</param>
internal readonly struct RequestParameters(ReadOnlyMemory<char> text, StringComparison comparison)
{
    /// <summary>The value of a parameter, decoded; false if it was not given.</summary>
    /// <exception cref="RequestRefusedException">It was given twice.</exception>
    public bool TryFind(string name, out ReadOnlyMemory<char> value)
    {
        value = default;
        var found = false;
        foreach (var pair in new QueryStringEnumerable(text))
        {
            if (!pair.DecodeName().Span.Equals(name, comparison))
                continue;
            if (found)
                throw new RequestRefusedException(StatusCodes.Status400BadRequest, $"Parameter {name} is given more than once. Send it once.");
            value = pair.DecodeValue();
            found = true;
        }

        return found;
    }

    /// <summary>The same name in another case, for a message that helps; null if there is none.</summary>
    public string? FindMisspelt(string name)
    {
        foreach (var pair in new QueryStringEnumerable(text))
        {
            var given = pair.DecodeName().Span;
            if (given.Equals(name, StringComparison.OrdinalIgnoreCase))
                return given.ToString();
        }

        return null;
    }
}
