using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataServices.Hisparc.Stations;

/// <summary>A password of the station list: plain, or hashed as <c>$pbkdf2-sha256$i=ITERATIONS$SALT$HASH</c>. Compared in constant time.</summary>
public sealed class StationPassword
{
    private const string HashedPrefix = "$pbkdf2-sha256$";
    private readonly byte[] _expected;
    private readonly byte[] _salt = [];
    private readonly int _iterations;
    private volatile byte[]? _verified;

    private StationPassword(byte[] expected, byte[] salt, int iterations)
    {
        _expected = expected;
        _salt = salt;
        _iterations = iterations;
    }

    /// <summary>Reads an entry of the list.</summary>
    /// <exception cref="FormatException">A hash of a kind that is not supported.</exception>
    public static StationPassword Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith('$') || text.Count(c => c == '$') < 3)
            return new StationPassword(SHA256.HashData(Encoding.UTF8.GetBytes(text)), [], 0);
        var parts = text.Split('$');
        if (!text.StartsWith(HashedPrefix, StringComparison.Ordinal) || parts.Length != 5 || !parts[2].StartsWith("i=", StringComparison.Ordinal)
            || !int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > 10_000_000)
            throw new FormatException("a hashed password must be $pbkdf2-sha256$i=ITERATIONS$SALT$HASH");
        return new StationPassword(Unpadded(parts[4]), Unpadded(parts[3]), iterations);
    }

    /// <summary>Whether it is the password.</summary>
    public bool Matches(string offered)
    {
        var bytes = Encoding.UTF8.GetBytes(offered);
        var digest = SHA256.HashData(bytes);
        if (_iterations == 0)
            return CryptographicOperations.FixedTimeEquals(digest, _expected);

        // Deriving takes long on purpose; what was right once is remembered as a digest.
        if (_verified is { } verified && CryptographicOperations.FixedTimeEquals(digest, verified))
            return true;
        if (!CryptographicOperations.FixedTimeEquals(Rfc2898DeriveBytes.Pbkdf2(bytes, _salt, _iterations, HashAlgorithmName.SHA256, _expected.Length), _expected))
            return false;
        _verified = digest;
        return true;
    }

    // PHC strings leave the padding of Base64 away, and PassLib writes '.' for '+'.
    private static byte[] Unpadded(string text) => Convert.FromBase64String(text.Replace('.', '+') + new string('=', (4 - text.Length % 4) % 4));
}
