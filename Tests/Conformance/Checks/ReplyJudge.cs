using System.Text.Json;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>The rules for every reply to a well-formed request, whatever the member.</summary>
internal static class ReplyJudge
{
    private static readonly string[] s_common = ["ClientTransactionID", "ServerTransactionID", "ErrorNumber", "ErrorMessage"];
    private static readonly string[] s_image = ["Type", "Rank"];

    /// <summary>Judges a reply's form; true if it can be taken for an answer.</summary>
    public static bool Judge(Device device, Operation operation, Sent sent, Reply reply, uint transaction) =>
        Judge((rule, expected, got) => device.Find(rule, operation.ToString(), sent, expected, got), operation.Returns, operation.IsGet, reply, transaction);

    /// <summary>Judges a reply's form.</summary>
    /// <param name="find">Takes what is wrong: the rule, what was expected, what came.</param>
    /// <param name="returns">What Value should be; null if there is none.</param>
    /// <param name="isGet">Whether it answers a GET, which has a Value in any case.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="transaction">What ClientTransactionID should be.</param>
    public static bool Judge(Action<Rule, string, string> find, ValueKind? returns, bool isGet, Reply reply, uint transaction)
    {
        if (reply.Status != 200)
        {
            find(Rules.Answer, "HTTP 200 with a JSON object", reply.ToString());
            return false;
        }

        if (reply.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            find(Rules.ContentType, "Content-Type: application/json", reply.ToString());
        if (reply.Json is not { } json)
        {
            find(Rules.Answer, "a JSON object", reply.ToString());
            return false;
        }

        var keys = json.EnumerateObject().Select(p => p.Name).ToList();
        var missing = s_common.Except(keys).ToList();
        var needsValue = returns is not null && (isGet || reply.ErrorNumber == 0);
        if (needsValue && !keys.Contains("Value"))
            missing.Insert(0, "Value");
        if (missing.Count > 0)
            find(Rules.ReplyKeys, $"the keys {string.Join(", ", needsValue ? s_common.Prepend("Value") : s_common)}", $"{string.Join(", ", missing)} missing in {reply}");
        JudgeOrder(find, keys, reply);
        JudgeNumbers(find, json, reply, transaction);
        if (returns is { } kind && json.TryGetProperty("Value", out var value) && reply.ErrorNumber == 0 && Complaint(value, kind) is { } complaint)
            find(Rules.ValueType, $"Value of type {Words(kind)}", $"{complaint} in {reply}");
        return missing.Count == 0;
    }

    private static void JudgeOrder(Action<Rule, string, string> find, List<string> keys, Reply reply)
    {
        var known = keys.Except(s_image).ToList();
        string[] usual = [.. s_common.Prepend("Value").Where(known.Contains)];
        if (!known.Where(usual.Contains).SequenceEqual(usual))
            find(Rules.ReplyOrder, string.Join(", ", usual), reply.ToString());
    }

    private static void JudgeNumbers(Action<Rule, string, string> find, JsonElement json, Reply reply, uint transaction)
    {
        var clientTransaction = Integer(json, "ClientTransactionID");
        var serverTransaction = Integer(json, "ServerTransactionID");
        var error = Integer(json, "ErrorNumber");
        var message = json.TryGetProperty("ErrorMessage", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        if (s_common[..3].Any(k => json.TryGetProperty(k, out _) && Integer(json, k) is null) || (json.TryGetProperty("ErrorMessage", out _) && message is null))
            find(Rules.ReplyTypes, "integers, and a string for ErrorMessage", reply.ToString());
        if (clientTransaction is { } echoed && echoed != transaction)
            find(Rules.TransactionEcho, $"ClientTransactionID {transaction}", $"{echoed} in {reply}");
        if (serverTransaction is < 1 or > uint.MaxValue)
            find(Rules.ServerTransaction, "ServerTransactionID of 1 or more", reply.ToString());
        if (error is { } number && message is not null && (number is 0 != (message.Length == 0) || number is not (0 or (>= Standard.FirstError and <= Standard.LastError))))
            find(Rules.ErrorPair, "0 and an empty message, or 0x400 to 0xFFF and a message", $"ErrorNumber {number} with ErrorMessage \"{message}\"");
    }

    private static long? Integer(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && IsWhole(value) ? number : null;

    /// <summary>What is wrong with a value; null if nothing is.</summary>
    private static string? Complaint(JsonElement value, ValueKind kind)
    {
        var isRight = kind switch
        {
            ValueKind.Boolean => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            ValueKind.Integer => IsInteger(value),
            ValueKind.Number => value.ValueKind == JsonValueKind.Number,
            ValueKind.String => value.ValueKind == JsonValueKind.String,
            ValueKind.DateTime => value.ValueKind == JsonValueKind.String && value.GetString()!.EndsWith('Z') && value.TryGetDateTimeOffset(out _),
            ValueKind.StringList => IsListOf(value, v => v.ValueKind == JsonValueKind.String),
            ValueKind.IntegerList => IsListOf(value, IsInteger),
            ValueKind.ObjectList => IsListOf(value, v => v.ValueKind == JsonValueKind.Object),
            _ => value.ValueKind == JsonValueKind.Array,
        };
        return isRight ? null : $"{value.GetRawText()} ({value.ValueKind.ToString().ToLowerInvariant()})";
    }

    private static bool IsListOf(JsonElement value, Func<JsonElement, bool> isRight) => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(isRight);

    private static bool IsInteger(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) && IsWhole(value);

    private static bool IsWhole(JsonElement value) => !value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E');

    private static string Words(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "true or false",
        ValueKind.Integer => "integer",
        ValueKind.Number => "number",
        ValueKind.String => "string",
        ValueKind.DateTime => "UTC time in ISO 8601 form that ends in Z",
        ValueKind.StringList => "array of strings",
        ValueKind.IntegerList => "array of integers",
        ValueKind.ObjectList => "array of objects",
        _ => "array of numbers",
    };
}
