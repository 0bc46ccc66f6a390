using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Conformance.Tests;

/// <summary>A request on its way to the server.</summary>
/// <param name="Verb">The HTTP method.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Query">With its question mark, or empty.</param>
/// <param name="Form">The body; null without one.</param>
/// <param name="Accept">What the client takes.</param>
internal sealed record Outgoing(string Verb, string Path, string Query, string? Form, string Accept)
{
    public string Member
    {
        get => Path[(Path.LastIndexOf('/') + 1)..];
        init => Path = Path[..(Path.LastIndexOf('/') + 1)] + value;
    }
}

/// <summary>A reply on its way to the client.</summary>
internal sealed record Incoming(int Status, string ContentType, byte[] Body)
{
    /// <summary>The reply with its JSON changed; as it is if it has none.</summary>
    public Incoming Change(Func<JsonObject, JsonNode?> change) =>
        Status == 200 && ContentType.StartsWith("application/json", StringComparison.Ordinal) && JsonNode.Parse(Body) is JsonObject json && change(json) is { } changed
            ? this with { Body = System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString()) }
            : this;
}

/// <summary>
/// Stands between the checks and a server that follows the rules, and breaks one: what a driver author's mistake looks like from outside.
/// </summary>
/// <param name="behave">Gets each request and the way to the server; gives the reply that the checks see.</param>
internal sealed class FaultySide(Func<Outgoing, Func<Outgoing, Task<Incoming>>, Task<Incoming>> behave) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var uri = request.RequestUri!;
        var reply = await behave(new Outgoing(request.Method.Method, uri.AbsolutePath, uri.Query, form, request.Headers.Accept.ToString()), async outgoing =>
        {
            using var onward = new HttpRequestMessage(new HttpMethod(outgoing.Verb), new Uri(uri, outgoing.Path + outgoing.Query));
            onward.Headers.TryAddWithoutValidation("Accept", outgoing.Accept);
            if (outgoing.Form is { } body)
                onward.Content = new StringContent(body, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
            using var response = await base.SendAsync(onward, cancellationToken);
            return new Incoming((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await response.Content.ReadAsByteArrayAsync(cancellationToken));
        });
        var answer = new HttpResponseMessage((HttpStatusCode)reply.Status) { Content = new ByteArrayContent(reply.Body) };
        if (reply.ContentType.Length > 0)
            answer.Content.Headers.TryAddWithoutValidation("Content-Type", reply.ContentType);
        return answer;
    }
}
