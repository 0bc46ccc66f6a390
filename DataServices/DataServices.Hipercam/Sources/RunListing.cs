using System.Text.RegularExpressions;

namespace DataServices.Hipercam;

/// <summary>Which runs there are, in a folder or on a file server.</summary>
public static partial class RunListing
{
    /// <summary>The names of the runs, in order.</summary>
    /// <param name="source">hl, hs, ul or us.</param>
    /// <param name="folder">Folder of local runs (null: the current one), or a directory of the server (null: its first).</param>
    /// <param name="options">Address of the server.</param>
    /// <param name="cancel">Ends waiting for the server.</param>
    /// <exception cref="ArgumentException">The source has no listing.</exception>
    /// <exception cref="RunException">The folder is not there, or the server does not answer.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(
        string source, string? folder = null, SourceOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new SourceOptions();
        IEnumerable<string> runs = source switch
        {
            "hl" => Local(folder, ".fits", HipercamRun()),
            "ul" => Local(folder, ".xml", LocalUltracamRun()),
            "hs" => Names(HipercamRun(), await AskAsync(Http(ServerAddress.Hipercam(options.Server)), folder, options, cancel)),
            "us" => Names(UltracamRun(), await AskAsync(ServerAddress.Ultracam(options.Server), folder, options, cancel)),
            _ => throw new ArgumentException($"\"{source}\" has no list of runs; hl, hs, ul and us have one."),
        };
        return [.. runs.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Local(string? folder, string extension, Regex name)
    {
        folder ??= ".";
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + extension).Select(path => Path.GetFileNameWithoutExtension(path)!).Where(run => name.IsMatch(run))
            : throw new RunNotFoundException($"{folder}: there is no such folder.");
    }

    private static IEnumerable<string> Names(Regex name, string reply) => name.Matches(reply).Select(match => match.Groups[1].Value);

    private static async Task<string> AskAsync(Uri server, string? folder, SourceOptions options, CancellationToken cancel)
    {
        using var client = new UltracamServerClient(server, folder ?? "", options.Clock);
        return await client.ListAsync(cancel);
    }

    // The HiPERCAM server lists its runs over HTTP at the address of its web socket.
    private static Uri Http(Uri server) => new UriBuilder(server) { Scheme = server.Scheme == "wss" ? "https" : "http" }.Uri;

    [GeneratedRegex(@"^(run\d{4})\r?$", RegexOptions.Multiline)]
    private static partial Regex HipercamRun();

    // A name a line, bare or marked up.
    [GeneratedRegex(@"(?<![0-9A-Za-z_])(run\d{3})(?![0-9A-Za-z_])")]
    private static partial Regex UltracamRun();

    [GeneratedRegex(@"^run\d{3,4}$")]
    private static partial Regex LocalUltracamRun();
}
