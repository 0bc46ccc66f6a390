using System.Globalization;

namespace DataServices.TelescopeOrg;

/// <summary>
/// What the original's INI file holds: <c>[telescope.org] user, password</c>, <c>[cache] jobs, wcs, seq</c> (and <c>limit_mb</c>), <c>[astrometry.net] apikey</c>; and
/// beside it <c>password_file</c> and <c>contact</c> in the first section, and the environment variables TELESCOPE_ORG_USER, TELESCOPE_ORG_PASSWORD,
/// TELESCOPE_ORG_PASSWORD_FILE and ASTROMETRY_NET_API_KEY. A password file holds nothing else and is refused when others can read it; the original's INI
/// file, which never had a rule about its mode and holds paths too, is taken with a warning.
/// </summary>
public sealed class TelescopeOrgConfig
{
    private const string Section = "telescope.org";
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private TelescopeOrgConfig(TelescopeOrgCredentials credentials, string jobs) => (Credentials, JobsDirectory) = (credentials, jobs);

    public TelescopeOrgCredentials Credentials { get; }

    /// <summary>Root of the job cache.</summary>
    public string JobsDirectory { get; }

    /// <summary>Root of the cache of plate solutions; by default beside the job cache.</summary>
    public required string WcsDirectory { get; init; }

    /// <summary>Root of the cache of comparison sequences; by default beside the job cache.</summary>
    public required string SequenceDirectory { get; init; }

    /// <summary>The key of nova.astrometry.net (<c>[astrometry.net] apikey</c> or ASTROMETRY_NET_API_KEY), or null.</summary>
    public ApiKey? AstrometryKey { get; init; }

    /// <summary>Bound of the job cache (<c>[cache] limit_mb</c>), or null for none.</summary>
    public long? MaxCacheBytes { get; init; }

    /// <summary>Where the site's people can write to whoever runs this (<c>[telescope.org] contact</c>), or null.</summary>
    public string? Contact { get; init; }

    /// <summary>What should be put right, though it works.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Reads a configuration file; what it does not say about user and password comes from the environment.</summary>
    /// <param name="path">The file; <c>~</c> stands for the home directory.</param>
    /// <param name="environment">Looks up a variable; by default those of this process.</param>
    /// <exception cref="FormatException">A section or key is missing or a line is not understood; the message names it.</exception>
    public static TelescopeOrgConfig Load(string path, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var file = IniFile.Read(Expand(path));
        var jobs = file["cache", "jobs"]
            ?? throw new FormatException($"{file.Path}: the section [cache] with the key \"jobs\", the directory for downloaded files, is missing.");
        var user = file[Section, "user"] ?? environment("TELESCOPE_ORG_USER")
            ?? throw new FormatException($"{file.Path}: the section [telescope.org] with the keys \"user\" and \"password\" is missing.");
        var warnings = new List<string>();
        var password = file[Section, "password"];
        if ((password ?? file["astrometry.net", "apikey"]) is not null && IsOpenToOthers(file.Path))
            warnings.Add($"{file.Path} holds a password or key and can be read by other users: chmod 600 {file.Path}");
        password ??= file[Section, "password_file"] is { } secret ? ReadSecret(secret) : EnvironmentPassword(environment);
        if (password is null)
            throw new FormatException($"{file.Path}: [telescope.org] has no \"password\" (or \"password_file\"), and TELESCOPE_ORG_PASSWORD is not set.");
        return new(new(user, password), Expand(jobs))
        {
            WcsDirectory = Beside(jobs, file["cache", "wcs"], "wcs"),
            SequenceDirectory = Beside(jobs, file["cache", "seq"], "seq"),
            AstrometryKey = Key(file["astrometry.net", "apikey"], environment),
            MaxCacheBytes = Limit(file),
            Contact = file[Section, "contact"],
            Warnings = warnings,
        };
    }

    /// <summary>Takes user and password from the environment, and the default cache directories; null when the variables are not set.</summary>
    /// <exception cref="FormatException">There is a user without a password.</exception>
    public static TelescopeOrgConfig? FromEnvironment(Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (environment("TELESCOPE_ORG_USER") is not { Length: > 0 } user)
            return null;
        var password = EnvironmentPassword(environment)
            ?? throw new FormatException("TELESCOPE_ORG_USER is set, but neither TELESCOPE_ORG_PASSWORD_FILE nor TELESCOPE_ORG_PASSWORD.");
        var jobs = new TelescopeOrgOptions().CacheDirectory;
        return new(new(user, password), jobs) { WcsDirectory = Beside(jobs, null, "wcs"), SequenceDirectory = Beside(jobs, null, "seq"), AstrometryKey = Key(null, environment) };
    }

    /// <summary>Replaces a leading <c>~</c> by the home directory.</summary>
    public static string Expand(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
            : path;
    }

    private static long? Limit(IniFile file)
    {
        if (file["cache", "limit_mb"] is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes is > 0 and < 1L << 40
            ? megabytes * 1_000_000
            : throw new FormatException($"{file.Path}: [cache] limit_mb = {text} is no whole number of megabytes above 0.");
    }

    private static string Beside(string jobs, string? configured, string name) =>
        configured is not null ? Expand(configured) : Path.Combine(Path.GetDirectoryName(Expand(jobs).TrimEnd('/')) ?? ".", name);

    /// <summary>The key of nova.astrometry.net in ASTROMETRY_NET_API_KEY, or null.</summary>
    public static ApiKey? EnvironmentKey(Func<string, string?>? environment = null) => Key(null, environment ?? Environment.GetEnvironmentVariable);

    private static ApiKey? Key(string? configured, Func<string, string?> environment) =>
        (configured ?? environment("ASTROMETRY_NET_API_KEY")) is { Length: > 0 } key ? new(key) : null;

    private static string? EnvironmentPassword(Func<string, string?> environment) =>
        environment("TELESCOPE_ORG_PASSWORD_FILE") is { Length: > 0 } secret ? ReadSecret(secret) : environment("TELESCOPE_ORG_PASSWORD");

    private static string ReadSecret(string path)
    {
        path = Expand(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such password file.");
        if (IsOpenToOthers(path))
            throw new UnauthorizedAccessException($"{path}: the password file can be read by other users and is refused: chmod 600 {path}");
        var password = File.ReadAllText(path).TrimEnd('\r', '\n');
        return password.Length > 0 ? password : throw new FormatException($"{path}: the password file is empty.");
    }

    private static bool IsOpenToOthers(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
}
