using System.Net.Http.Headers;
using System.Text;

namespace Alpaca.Client;

/// <summary>What a client shows a server that asks for credentials. It never shows its secret otherwise, not in messages, not as text.</summary>
public sealed class AlpacaCredential
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private AlpacaCredential(AuthenticationHeaderValue header) => Header = header;

    internal AuthenticationHeaderValue Header { get; }

    /// <summary>Shows it with every request that has these headers.</summary>
    public void AddTo(HttpRequestHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        headers.Authorization = Header;
    }

    /// <summary>A token.</summary>
    /// <exception cref="FormatException">It is empty or cannot stand in a header.</exception>
    public static AlpacaCredential Token(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return new(new AuthenticationHeaderValue("Bearer", Checked(token)));
    }

    /// <summary>A name and a password.</summary>
    /// <exception cref="FormatException">The name has a colon, or one of them cannot stand in a header.</exception>
    public static AlpacaCredential Password(string name, string password)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        if (name.Contains(':', StringComparison.Ordinal))
            throw new FormatException("The name of a credential must not have a colon.");
        return new(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Checked(name)}:{Checked(password)}"))));
    }

    /// <summary>Either of the two: a token, or name and password with a colon between them.</summary>
    /// <exception cref="FormatException">It is neither; the message does not show it.</exception>
    public static AlpacaCredential Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim().Split(':', 2) is [var name, var password] ? Password(name, password) : Token(text.Trim());
    }

    /// <summary>Reads a file that holds one of the two, and nothing else. Only its owner may be able to read it.</summary>
    /// <exception cref="InvalidDataException">It is not there, others can read it, or it holds no credential.</exception>
    public static AlpacaCredential FromFile(string path)
    {
        try
        {
            return Parse(SecretIn(path));
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>What a file holds that only its owner can read.</summary>
    internal static string SecretIn(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            throw new InvalidDataException($"There is no file {path} with credentials.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            throw new InvalidDataException($"{path} holds a secret, but others than its owner can read or write it. Run: chmod 600 {path}");
        return File.ReadAllText(path).Trim();
    }

    public override string ToString() => $"{Header.Scheme} (secret)";

    private static string Checked(string part) => part.Length > 0 && part.All(c => c is > ' ' and <= '~')
        ? part
        : throw new FormatException("A token, or a name and password, is one word of printable ASCII characters.");
}
