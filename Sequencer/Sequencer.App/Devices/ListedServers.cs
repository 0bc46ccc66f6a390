using Alpaca.Client;
using Alpaca.Discovery;

namespace Sequencer.App.Devices;

/// <summary>
/// The servers that <c>discover</c> lists, those that cannot be used included. Whoever answers discovery could be anybody, so credentials are shown to servers on this machine and to
/// those that the command line names, and to no others.
/// </summary>
internal static class ListedServers
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(3);

    /// <param name="found">Those that answered discovery.</param>
    /// <param name="named">Those that the command line names.</param>
    /// <param name="access">What the command line says about how to get in.</param>
    /// <exception cref="InvalidDataException">Credentials or certificates cannot be had.</exception>
    public static async Task<IReadOnlyList<ListedServer>> AskAsync(IReadOnlyList<FoundServer> found, IReadOnlyList<Uri> named, AccessArguments access, CancellationToken cancel)
    {
        var options = access.Apply(new AlpacaClientOptions { RequestTimeout = s_deadline, Retries = 1 }, Environment.GetEnvironmentVariable);
        var asking = named.Select(address => AskAsync(address, access, isTrusted: true, isOwn: false))
            .Concat(found.Where(f => !named.Any(n => IsAt(n, f))).Select(f => AskAsync(f.BaseAddress, access, f.IsOnThisMachine, f.IsOnThisMachine)));
        var listed = new List<ListedServer>();
        foreach (var server in await Task.WhenAll(asking))
        {
            if (!listed.Any(other => IsSame(server, other)))
                listed.Add(server);
        }

        return listed;

        async Task<ListedServer> AskAsync(Uri given, AccessArguments arguments, bool isTrusted, bool isOwn)
        {
            var (address, own) = arguments.TakeFrom(given);
            var mine = ReferenceEquals(own, arguments) ? options : own.Apply(options, Environment.GetEnvironmentVariable);
            var asked = await ServerInquiry.AskAsync(address, isTrusted ? mine : mine with { Credential = null }, cancel);
            return new ListedServer(asked, asked.Server is null ? Problem(asked, mine.Credential is not null, isTrusted) : null, isOwn);
        }
    }

    private static bool IsAt(Uri named, FoundServer found) =>
        named.Port == found.EndPoint.Port && (named.DnsSafeHost == found.EndPoint.Address.ToString() || (found.IsOnThisMachine && named.IsLoopback));

    /// <summary>One server at several addresses; of one that cannot be read, its certificate tells, or that it is this machine's only one at the port.</summary>
    private static bool IsSame(ListedServer one, ListedServer other) => (one.Asked, other.Asked) switch
    {
        ({ Server: { } first }, { Server: { } second }) => first.IsSameAs(second),
        ({ Server: null, Fingerprint: { } first }, { Server: null, Fingerprint: { } second }) => first == second && one.Asked.Address.Port == other.Asked.Address.Port,
        ({ Server: null, Fingerprint: null }, { Server: null, Fingerprint: null }) => one.IsOwn && other.IsOwn && one.Asked.Address.Port == other.Asked.Address.Port,
        _ => false,
    };

    private static string Problem(ServerInquiry asked, bool hasCredential, bool isTrusted)
    {
        var address = asked.Address.GetLeftPart(UriPartial.Authority);
        return asked switch
        {
            { AsksForCredentials: true } when hasCredential && !isTrusted => $"asks for credentials, and was not shown yours, for it is another machine: add --server {address} if you trust it",
            { AsksForCredentials: true } when hasCredential => "asks for other credentials than these",
            { AsksForCredentials: true } => "asks for credentials: --token @FILE, or --user NAME" + (isTrusted ? string.Empty : $", and --server {address}"),
            { Fingerprint: { } fingerprint } => $"speaks https with a certificate that could not be trusted ({fingerprint}): --fingerprint, --ca-file FILE, or --insecure",
            _ => asked.Failure!.Message,
        };
    }
}

/// <summary>One of them.</summary>
/// <param name="Asked">What came of asking it.</param>
/// <param name="Problem">Why it cannot be used, and what to do about it; null if it can.</param>
/// <param name="IsOwn">Whether it is on this machine.</param>
internal sealed record ListedServer(ServerInquiry Asked, string? Problem, bool IsOwn);
