using Alpaca.Client;
using Conformance.Api;
using Conformance.Checks;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance;

/// <summary>What to check.</summary>
public sealed record RunOptions
{
    /// <summary>Devices as <c>type/number</c>; empty for all of the server.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Names of checks; empty for all.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>Whether to move hardware, take images and switch power.</summary>
    public bool Motion { get; init; }

    /// <summary>How to get into a protected server.</summary>
    public ServerAccess Access { get; init; } = ServerAccess.Open;

    /// <summary>How long a reply may take, for members that wait included.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(100);
}

/// <summary>Checks a server and its devices.</summary>
public sealed class ConformanceRun(Uri server, RunOptions options, HttpMessageHandler? transport = null)
{
    /// <summary>In this order: what needs a device as it is, what connects and disconnects, and what needs it disconnected.</summary>
    private static readonly DeviceCheck[] s_checks =
    [
        new ReadCheck(), new DeviceStateCheck(), new ActionCheck(), new RangeCheck(), new MotionRangeCheck(), new MotionCheck(), new ManyClientsCheck(),
        new ConnectionCheck(),
        new GoodRequestCheck(), new PathCheck(), new ParameterCheck(), new ClientIdCheck(),
    ];

    private static readonly TimeSpan s_prompt = TimeSpan.FromSeconds(10);

    /// <summary>The names of the checks of devices.</summary>
    public static IReadOnlyList<string> CheckNames { get; } = [.. s_checks.Select(c => c.Name)];

    /// <summary>Runs the checks to the end, whatever the server does.</summary>
    /// <exception cref="ServerUnreachableException">Nobody answers there.</exception>
    public async Task<ConformanceReport> RunAsync(CancellationToken cancel = default)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var report = new ConformanceReport();
        using var probe = new Probe(server, options.Deadline, clock, options.Access, transport);
        var hello = await probe.SendAsync(new Sent("GET", "/management/apiversions"), cancel);
        if (hello.Status == 0 || hello.Status == 400)
            await ExplainAsync(hello, cancel);
        if ((await probe.SendAsync(new Sent("GET", "/management/v1/configureddevices"), cancel)).Status == 401)
        {
            throw new ServerUnreachableException($"{Root} asks for {(options.Access.Options.Credential is null ? "credentials" : "other credentials than these")}: "
                + $"give --token @FILE, or --user NAME with {AccessArguments.PasswordVariable} in the environment or --password-file FILE.");
        }

        var listed = await new ManagementCheck(probe, report).RunAsync(cancel) ?? [];
        var wanted = options.Devices.Count == 0 ? listed : [.. options.Devices.Select(Parse)];
        foreach (var (type, number) in wanted)
        {
            report.Checked(FormattableString.Invariant($"{type}/{number}"));
            await CheckAsync(new Device(type, number, probe, report), probe, cancel);
        }

        (report.Requests, report.Took) = (probe.Requests, clock.GetElapsedTime(started));
        return report;
    }

    private string Root => server.GetLeftPart(UriPartial.Authority);

    /// <summary>Nobody answers, or not to this: says whether it is TLS that is in between.</summary>
    private async Task ExplainAsync(Reply hello, CancellationToken cancel)
    {
        var fingerprint = transport is null ? await TlsInquiry.FingerprintAsync(server, s_prompt, cancel) : null;
        if (fingerprint is not null && server.Scheme == Uri.UriSchemeHttp)
            throw new ServerUnreachableException($"{Root} speaks https: write https://{server.Authority}, and --fingerprint {fingerprint} if this is the right server.");
        if (fingerprint is not null && hello.Status == 0)
            throw new ServerUnreachableException($"{Root}: {hello}. Give --ca-file FILE, --fingerprint {fingerprint} if this is the right server, or --insecure.");
        if (hello.Status == 0)
            throw new ServerUnreachableException($"{Root} does not answer: {hello}");
    }

    /// <summary>Reads <c>type/number</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (string Type, uint Number) Parse(string device)
    {
        var parts = device.Split('/');
        return parts is [var type, var number] && Standard.Knows(type) && uint.TryParse(number, out var parsed)
            ? (type, parsed)
            : throw new FormatException($"\"{device}\" is no device; write for example focuser/0. The types are {string.Join(", ", OfficialApi.DeviceTypes)}.");
    }

    private async Task CheckAsync(Device device, Probe probe, CancellationToken cancel)
    {
        var version = await device.ReadAsync("interfaceversion", cancel);
        if (version.Number is { } number && number >= 1)
            device.InterfaceVersion = (int)number;
        var wasConnected = (await device.ReadAsync("connected", cancel)).Boolean == true;
        foreach (var stage in (Stage[])[Stage.Connected, Stage.Own, Stage.Disconnected])
        {
            var checks = s_checks.Where(c => c.Stage == stage && (options.Checks.Count == 0 || options.Checks.Contains(c.Name))).ToList();
            if (checks.Count == 0)
                continue;
            if (stage != Stage.Own && !await Link.BringAsync(device, connected: stage == Stage.Connected, cancel))
            {
                Unreachable(device, stage, checks);
                continue;
            }

            // A device that is not connected has nothing to wait for.
            probe.Deadline = stage == Stage.Disconnected ? s_prompt : options.Deadline;
            foreach (var check in checks)
            {
                if (check.Moves && !options.Motion)
                    device.Omit(check.Name, "moves hardware; add --motion");
                else
                    await check.RunAsync(device, cancel);
            }
        }

        probe.Deadline = options.Deadline;
        await Link.BringAsync(device, wasConnected, cancel);
    }

    private static void Unreachable(Device device, Stage stage, List<DeviceCheck> checks)
    {
        var wish = stage == Stage.Connected ? "connected" : "disconnected";
        foreach (var check in checks)
        {
            device.Omit(check.Name, stage == Stage.Connected
                ? "the device cannot be connected; is its hardware there?"
                : "the device does not disconnect, and its commands would be carried out");
        }

        device.Find(Rules.Connecting, device.Get("connected"), $"a device that can be {wish}", "it stays as it is, or says why not when Connecting is read");
    }
}

/// <summary>There is no server at the address.</summary>
public sealed class ServerUnreachableException(string message) : Exception(message);
