using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Alpaca.Hosting;

/// <summary>Reads the form of a PUT whole, up to a limit that no honest command comes near.</summary>
internal static class FormBody
{
    /// <summary>The longest form, bytes.</summary>
    public const int Limit = 64 * 1024;

    private const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The form's text, still percent-encoded; empty if there is no body, which is right for a command without parameters.</summary>
    /// <exception cref="RequestRefusedException">Too long, not a form, or not whole.</exception>
    public static async ValueTask<string> ReadAsync(HttpRequest request)
    {
        try
        {
            return await ReadWholeAsync(request);
        }
        catch (Exception e) when (e is (IOException and not BadHttpRequestException) or ConnectionAbortedException)
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "The form did not come whole: the connection broke off, or its chunks are wrong.");
        }
    }

    private static async ValueTask<string> ReadWholeAsync(HttpRequest request)
    {
        if (request.ContentLength > Limit)
            throw TooLong();

        // Kestrel puts a length that contradicts the chunks aside under this name. A proxy in front may have believed the length (request smuggling).
        if (request.Headers.TransferEncoding.Count > 0 && request.Headers.ContainsKey("X-Content-Length"))
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "The request has both a Content-Length and chunks; send one of them.");
        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            if (read.Buffer.Length > Limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLong();
            }

            if (read.IsCompleted)
                return Decode(request, reader, read.Buffer);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static string Decode(HttpRequest request, PipeReader reader, ReadOnlySequence<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        reader.AdvanceTo(body.End);
        if (text.Length > 0 && !IsForm(request.ContentType))
        {
            throw new RequestRefusedException(
                StatusCodes.Status400BadRequest,
                $"A PUT carries its parameters as {MediaType}; this one says Content-Type: {request.ContentType ?? "nothing"}.");
        }

        return text;
    }

    private static bool IsForm(ReadOnlySpan<char> contentType)
    {
        var end = contentType.IndexOf(';');
        return (end < 0 ? contentType : contentType[..end]).Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase);
    }

    private static RequestRefusedException TooLong() =>
        new(StatusCodes.Status413PayloadTooLarge, $"The form is longer than {Limit} bytes, more than any Alpaca command needs.");
}
