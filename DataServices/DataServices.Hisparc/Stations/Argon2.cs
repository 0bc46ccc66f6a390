using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace DataServices.Hisparc.Stations;

/// <summary>Passwords hashed with argon2id, through the reference library of its authors (Debian: libargon2-1).</summary>
internal static partial class Argon2
{
    public const string Prefix = "$argon2id$";
    private const string Library = "libargon2.so.1";
    private const int MostKibibytes = 1 << 20;
    private const int MostPasses = 64;
    private const int MostLanes = 64;

    // One at a time: each takes the memory its hash asks for.
    private static readonly Lock _gate = new();

    /// <summary>Looks whether a hash can be checked here.</summary>
    /// <exception cref="FormatException">It is malformed, asks for too much, or the library is missing.</exception>
    public static void Require(string encoded)
    {
        var form = Form().Match(encoded);
        if (!form.Success || Number(form, "m") > MostKibibytes || Number(form, "t") is < 1 or > MostPasses || Number(form, "p") is < 1 or > MostLanes)
            throw new FormatException($"an argon2id hash must be $argon2id$v=19$m=KIBIBYTES,t=PASSES,p=LANES$SALT$HASH, with at most {MostKibibytes} KiB, {MostPasses} passes and {MostLanes} lanes");
        if (!NativeLibrary.TryLoad(Library, typeof(Argon2).Assembly, null, out _))
            throw new FormatException($"argon2id needs {Library}, which is not installed. On Debian: apt-get install libargon2-1");
    }

    /// <summary>Whether a password has this hash. Takes as long and as much memory as the hash says.</summary>
    public static bool Matches(string encoded, byte[] password)
    {
        lock (_gate)
            return Verify(encoded, password, (nuint)password.Length) == 0;
    }

    private static long Number(Match form, string name) => long.Parse(form.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\$argon2id\$v=19\$m=(?<m>[0-9]{1,9}),t=(?<t>[0-9]{1,9}),p=(?<p>[0-9]{1,9})\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{16,128}$")]
    private static partial Regex Form();

    [LibraryImport(Library, EntryPoint = "argon2id_verify", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Verify(string encoded, byte[] password, nuint length);
}
