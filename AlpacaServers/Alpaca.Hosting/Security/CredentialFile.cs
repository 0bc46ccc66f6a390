namespace Alpaca.Hosting;

/// <summary>
/// The file that says who may use a server: one per line, name, secret, and <c>read</c> for someone who may only read; <c>#</c> begins a comment.
/// Nobody but its owner may be able to read it.
/// </summary>
public static class CredentialFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It is not there, others can read it, or a line is wrong; the message never shows a secret.</exception>
    public static IReadOnlyList<ClientCredential> Read(string path)
    {
        RequirePrivate(path);
        var credentials = new List<ClientCredential>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var words = line.Split('#', 2)[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            try
            {
                credentials.Add(words switch
                {
                    [var name, var secret] => new ClientCredential(name, secret),
                    [var name, var secret, "read"] => new ClientCredential(name, secret, mayControl: false),
                    _ => throw new FormatException("A line is a name, a secret and, for someone who may only read, the word read."),
                });
            }
            catch (FormatException e)
            {
                throw new InvalidDataException($"{path}, line {number}: {e.Message}", e);
            }
        }

        if (credentials.GroupBy(c => c.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidDataException($"{path}: {twice.Key} is there twice. Remove one.");
        return credentials.Count > 0
            ? credentials
            : throw new InvalidDataException($"{path} has no credentials, so nobody could use the server. Put a line into it: NAME SECRET.");
    }

    /// <summary>Throws unless a file is there and only its owner can read it.</summary>
    /// <exception cref="InvalidDataException">The message says what to do.</exception>
    public static void RequirePrivate(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"There is no file {path}.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new InvalidDataException($"{path} holds secrets, but others than its owner can read or write it. Run: chmod 600 {path}");
    }
}
