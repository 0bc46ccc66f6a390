using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataServices.TelescopeOrg;

/// <summary>The envelope around every answer of <c>api-user.php</c>.</summary>
internal sealed partial record ApiAnswer(string Module, string Request, bool Success, string Status, JsonElement Data)
{
    public const string Page = "api-user.php";

    /// <summary>The call; the field <c>params</c> is absent when there are none.</summary>
    public static SiteCall Call(string module, string request, JsonObject? parameters, bool repeatable = true)
    {
        List<KeyValuePair<string, string>> form = [new("module", module), new("request", request)];
        if (parameters is not null)
            form.Add(new("params", parameters.ToJsonString()));
        return new(HttpMethod.Post, Page, form, repeatable);
    }

    /// <exception cref="NotLoggedInException">The site wants a login.</exception>
    /// <exception cref="SiteFormatException">The answer is not the JSON object it should be.</exception>
    public static ApiAnswer Parse(string module, string request, string text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            if (LoginForm.IsOn(text))
                throw new NotLoggedInException(Page);
            throw new SiteFormatException($"{Page} ({module}/{request})", "it did not answer with JSON", text);
        }

        if (root.ValueKind == JsonValueKind.Object && root.Member("success") is null && LoginWanted().IsMatch(root.Text("status") ?? ""))
            throw new NotLoggedInException($"{Page} ({module}/{request})");
        if (root.ValueKind != JsonValueKind.Object || root.Member("success") is not { } success)
            throw new SiteFormatException($"{Page} ({module}/{request})", "the answer has no \"success\"", text);
        var answer = new ApiAnswer(module, request, success.IsTrue(), root.Text("status") ?? "", root.Member("data") ?? default);
        return !answer.Success && LoginWanted().IsMatch(answer.Status) ? throw new NotLoggedInException($"{Page} ({module}/{request})") : answer;
    }

    /// <summary>This answer, or an exception when the site said that it did not succeed.</summary>
    public ApiAnswer Required() => Success ? this : throw new TelescopeApiException(Module, Request, Status);

    /// <summary>Whether its status tells nothing that belongs to the request itself.</summary>
    public bool IsVague => Vague().IsMatch(Status.Trim());

    [GeneratedRegex(@"^$|^(0|ok|no|null|none|err(or)?|fail(ed|ure)?|invalid|(access[\s_-]*)?denied|forbidden|(no|bad|unknown|invalid)[\s_-]*user|no[\s_-]*permission|expired)$", RegexOptions.IgnoreCase)]
    private static partial Regex Vague();

    // The site's exact word is not known; these cover the usual ones without touching words like BAD_EXPOSURE.
    [GeneratedRegex(@"log[\s_-]*(ged)?[\s_-]*(in|on)|sign[\s_-]*in|session|unauthori|not[\s_-]*auth|auth[\s_-]*(required|fail)", RegexOptions.IgnoreCase)]
    private static partial Regex LoginWanted();
}
