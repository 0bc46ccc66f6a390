using System.CommandLine;
using System.Globalization;
using System.Security.Authentication;
using DataServices.Fits;
using DataServices.TelescopeOrg;

namespace DataServices.App.TelescopeOrg;

/// <summary>The options every verb of telescope.org has, and how a verb is run with them.</summary>
internal sealed class SiteOptions
{
    private const int Refused = 1, Usage = 2;
    private const string DefaultFile = "~/.config/telescope.ini";
    private readonly Option<bool> _json = new("--json") { Description = "JSON on standard output.", Recursive = true };
    private readonly Option<string?> _config = new("--config") { Description = $"INI file: [telescope.org] user, password; [cache] jobs. Default: the environment, else {DefaultFile}.", Recursive = true };
    private readonly Option<string?> _baseUrl = new("--base-url") { Description = "The site, https (http for the loopback interface). Default: https://www.telescope.org/.", Recursive = true };

    private readonly Option<string?> _serviceUrl = new("--service-url") { Description = "One address for the services beside the site (names, charts, solutions), in place of the public ones.", Recursive = true };

    public void AddTo(Command command)
    {
        command.Options.Add(_json);
        command.Options.Add(_config);
        command.Options.Add(_baseUrl);
        command.Options.Add(_serviceUrl);
    }

    /// <summary>Runs a verb with a client that logs in when it is used and logs out at the end.</summary>
    public Task<int> RunAsync(
        ParseResult parse,
        Func<TelescopeClient, Output, CancellationToken, Task<int>> verb,
        CancellationToken cancel,
        Func<TelescopeOrgOptions, TelescopeOrgOptions>? adjust = null) =>
        GuardAsync(
            parse,
            async output =>
            {
                var config = LoadConfig(parse);
                var options = Options(parse, config, adjust).Checked();
                await using var client = new TelescopeClient(config.Credentials, options, TimeProvider.System);
                return await verb(client, output, cancel);
            });

    /// <summary>Whether the arguments name a configuration.</summary>
    public bool HasConfig(ParseResult parse) => parse.GetValue(_config) is not null;

    /// <summary>The configuration the arguments name; what should be put right in it is said on standard error.</summary>
    public TelescopeOrgConfig LoadConfig(ParseResult parse)
    {
        var config = parse.GetValue(_config) is { } path
            ? TelescopeOrgConfig.Load(path)
            : TelescopeOrgConfig.FromEnvironment()
                ?? (File.Exists(TelescopeOrgConfig.Expand(DefaultFile))
                    ? TelescopeOrgConfig.Load(DefaultFile)
                    : throw new FormatException($"telescope.org needs a user and a password: give --config FILE, create {DefaultFile}, or set TELESCOPE_ORG_USER and TELESCOPE_ORG_PASSWORD_FILE."));
        foreach (var warning in config.Warnings)
            Warn(warning);
        return config;
    }

    /// <summary>Runs work and turns what can be wrong into a sentence and an exit code.</summary>
    public async Task<int> GuardAsync(ParseResult parse, Func<Output, Task<int>> work)
    {
        try
        {
            return await work(new Output(parse.GetValue(_json)));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or FileNotFoundException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Usage;
        }
        catch (Exception e) when (e is TelescopeOrgException or SolveFieldMissingException or AuthenticationException or TimeoutException or InvalidOperationException or IOException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return Refused;
        }
    }

    /// <summary>Reads "2024-12-01" as 16:00 UTC of that day, the site's own day, or a whole UTC time as it is.</summary>
    public static (DateTimeOffset? Until, TimeOnly? At) ParseUntil(string? text)
    {
        if (text is null)
            return (null, null);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (new DateTimeOffset(day.ToDateTime(JobSearch.SiteDay), TimeSpan.Zero), JobSearch.SiteDay);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? (time, null)
            : throw new ArgumentException($"--until {text} is no UTC time: write 2024-12-01T00:00Z, or 2024-12-01 for 16:00 of that day.");
    }

    /// <summary>Where names and charts are asked for.</summary>
    public SkyServiceOptions SkyServices(ParseResult parse)
    {
        var services = new SkyServiceOptions();
        return parse.GetValue(_serviceUrl) is { } url ? services with { Sesame = Address("--service-url", url), Plotter = Address("--service-url", url) } : services;
    }

    /// <summary>Where frames are solved that the local solver cannot.</summary>
    public NovaSolverOptions Nova(ParseResult parse)
    {
        var options = new NovaSolverOptions();
        return parse.GetValue(_serviceUrl) is { } url ? options with { BaseUrl = Address("--service-url", url) } : options;
    }

    private static Uri Address(string option, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new ArgumentException($"{option} {text} is not an address: write for example https://www.telescope.org/.");

    private static void Warn(string text) => Console.Error.WriteLine($"warning: {text}");

    private TelescopeOrgOptions Options(ParseResult parse, TelescopeOrgConfig config, Func<TelescopeOrgOptions, TelescopeOrgOptions>? adjust)
    {
        var options = new TelescopeOrgOptions { CacheDirectory = config.JobsDirectory, MaxCacheBytes = config.MaxCacheBytes, Warn = Warn };
        if (parse.GetValue(_baseUrl) is { } url)
            options = options with { BaseUrl = Address("--base-url", url) };
        if (config.Contact is { } contact)
            options = options with { UserAgent = TelescopeOrgOptions.AgentOf(contact) };
        return adjust is null ? options : adjust(options);
    }
}
