using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace DataServices.Hisparc.Stations;

/// <summary>
/// A password of the station list: plain, or hashed as <c>$pbkdf2-sha256$i=ITERATIONS$SALT$HASH</c> or <c>$argon2id$v=19$m=..,t=..,p=..$SALT$HASH</c>.
/// Compared in constant time.
/// </summary>
public sealed class StationPassword
{
    private const string Pbkdf2Prefix = "$pbkdf2-sha256$";
    private readonly byte[]? _plain;
    private readonly Func<byte[], bool> _derives;
    private volatile byte[]? _verified;

    private StationPassword(byte[]? plain, Func<byte[], bool> derives)
    {
        _plain = plain;
        _derives = derives;
    }

    /// <summary>Reads an entry of the list.</summary>
    /// <exception cref="FormatException">A hash of a kind that is not supported.</exception>
    public static StationPassword Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith('$') || text.Count(c => c == '$') < 3)
        {
            var plain = Encoding.UTF8.GetBytes(text);
            var expected = SHA256.HashData(plain);
            return new StationPassword(plain, offered => CryptographicOperations.FixedTimeEquals(SHA256.HashData(offered), expected));
        }

        if (text.StartsWith(Argon2.Prefix, StringComparison.Ordinal))
        {
            Argon2.Require(text);
            return new StationPassword(null, offered => Argon2.Matches(text, offered));
        }

        return new StationPassword(null, Pbkdf2(text));
    }

    /// <summary>Whether it is the password.</summary>
    public bool Matches(string offered)
    {
        var bytes = Encoding.UTF8.GetBytes(offered);
        if (_plain is not null)
            return _derives(bytes);

        // Deriving takes long on purpose; what was right once is remembered as a digest.
        var digest = SHA256.HashData(bytes);
        if (_verified is { } verified && CryptographicOperations.FixedTimeEquals(digest, verified))
            return true;
        if (!_derives(bytes))
            return false;
        _verified = digest;
        return true;
    }

    /// <summary>Whether a signature is the HMAC-SHA256 of the data under this password. Never true of a hashed password, which cannot sign.</summary>
    /// <param name="signature">64 hexadecimal digits.</param>
    public bool Signed(ReadOnlySpan<byte> data, string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return _plain is { Length: > 0 }
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(_plain, data))), Encoding.UTF8.GetBytes(signature.Trim().ToLowerInvariant()));
    }

    private static Func<byte[], bool> Pbkdf2(string text)
    {
        var parts = text.Split('$');
        if (!text.StartsWith(Pbkdf2Prefix, StringComparison.Ordinal) || parts.Length != 5 || !parts[2].StartsWith("i=", StringComparison.Ordinal)
            || !int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations is < 1 or > 10_000_000)
            throw new FormatException("a hashed password must be $pbkdf2-sha256$i=ITERATIONS$SALT$HASH or $argon2id$v=19$m=..,t=..,p=..$SALT$HASH");
        byte[] salt = Unpadded(parts[3]), expected = Unpadded(parts[4]);
        return offered => CryptographicOperations.FixedTimeEquals(Rfc2898DeriveBytes.Pbkdf2(offered, salt, iterations, HashAlgorithmName.SHA256, expected.Length), expected);
    }

    // PHC strings leave the padding of Base64 away, and PassLib writes '.' for '+'.
    private static byte[] Unpadded(string text) => Convert.FromBase64String(text.Replace('.', '+') + new string('=', (4 - text.Length % 4) % 4));
}
