using System.Collections.Concurrent;
using System.Globalization;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>A device under test: asks it, judges every answer by the rules that hold for all, and writes down what is wrong.</summary>
internal sealed class Device(string type, uint number, Probe probe, ConformanceReport report)
{
    private const string ClientId = "4242";
    private readonly IReadOnlyList<Operation> _operations = OfficialApi.Of(type);
    private readonly ConcurrentDictionary<Operation, bool> _silent = [];

    public string Type => type;

    /// <summary>Type and number, as in URLs.</summary>
    public string Name { get; } = FormattableString.Invariant($"{type}/{number}");

    public Probe Probe => probe;

    public ConformanceReport Report => report;

    /// <summary>What the device says; the newest until it has been asked.</summary>
    public int InterfaceVersion { get; set; } = Standard.NewestVersion(type);

    /// <summary>All operations of its type and version.</summary>
    public IEnumerable<Operation> Operations => _operations.Where(o => Standard.Since(type, o.Member) <= InterfaceVersion);

    /// <summary>Operations of its type that came with later versions.</summary>
    public IEnumerable<Operation> LaterOperations => _operations.Where(o => Standard.Since(type, o.Member) > InterfaceVersion);

    /// <summary>Whether its version has Connect, Connecting, Disconnect and DeviceState.</summary>
    public bool IsPlatform7 => InterfaceVersion >= Standard.NewestVersion(type);

    public static (string Name, string Value)[] Ids(uint transaction) =>
        [("ClientID", ClientId), ("ClientTransactionID", transaction.ToString(CultureInfo.InvariantCulture))];

    public string PathOf(string member) => $"/api/v1/{Name}/{member}";

    public Operation Get(string member) => _operations.Single(o => o.IsGet && o.Member == member);

    public Operation Put(string member) => _operations.Single(o => !o.IsGet && o.Member == member);

    /// <summary>Reads a property or asks a question, as a good client does.</summary>
    public Task<Reply> ReadAsync(string member, CancellationToken cancel, params (string, string)[] parameters) => AskAsync(Get(member), parameters, cancel);

    /// <summary>Writes a property or commands something, as a good client does.</summary>
    public Task<Reply> CommandAsync(string member, CancellationToken cancel, params (string, string)[] parameters) => AskAsync(Put(member), parameters, cancel);

    /// <summary>Tries a subject on every operation, and passes over those that leave a request without any answer: one wait for each is enough.</summary>
    public async Task ForEachAsync(Func<Operation, bool> filter, Func<Operation, Task> check)
    {
        foreach (var operation in Operations.Where(o => filter(o)).Where(o => !_silent.ContainsKey(o)))
        {
            try
            {
                await check(operation);
            }
            catch (NoAnswerException)
            {
                Omit($"the rest of {operation}", "it leaves requests unanswered");
            }
        }
    }

    /// <summary>Sends any request to an operation.</summary>
    /// <exception cref="NoAnswerException">Nothing came back, which is written down.</exception>
    public async Task<Reply> SendAsync(Operation operation, Sent sent, CancellationToken cancel)
    {
        var reply = await probe.SendAsync(sent, cancel);
        if (reply.Status != 0)
            return reply;
        _silent[operation] = true;
        Find(Rules.Answer, operation.ToString(), sent, "an HTTP reply", reply);
        throw new NoAnswerException();
    }

    /// <summary>Sends a good request, and judges the reply's form.</summary>
    public async Task<Reply> AskAsync(Operation operation, IReadOnlyList<(string, string)> parameters, CancellationToken cancel)
    {
        var transaction = probe.NextTransaction();
        var sent = Sent.Of(operation.Verb, PathOf(operation.Member), [.. parameters, .. Ids(transaction)]);
        var reply = await probe.SendAsync(sent, cancel);
        ReplyJudge.Judge(this, operation, sent, reply, transaction);
        if (reply.Status == 0)
            _silent[operation] = true;
        return reply;
    }

    /// <summary>What a good client would send for an operation.</summary>
    public static IReadOnlyList<(string Name, string Value)> Good(Operation operation) => [.. operation.Parameters.Select(p => (p.Name, Samples.Good(p)))];

    public void Find(Rule rule, string member, Sent sent, string expected, Reply reply) => Find(rule, member, sent, expected, reply.ToString());

    public void Find(Rule rule, string member, Sent sent, string expected, string got) =>
        report.Add(new Finding(rule, Name, member, probe.ToCurl(sent), expected, got));

    public void Find(Rule rule, Operation operation, string expected, Reply reply) => Find(rule, operation.ToString(), reply.Sent, expected, reply);

    public void Find(Rule rule, Operation operation, string expected, string got) =>
        Find(rule, operation.ToString(), Sent.Of(operation.Verb, PathOf(operation.Member), Good(operation)), expected, got);

    public void Omit(string check, string reason) => report.Omit(Name, check, reason);

    /// <summary>A request got no answer.</summary>
    public sealed class NoAnswerException : Exception;
}
