using System.Text;
using Alpaca.Astronomy;

namespace Sequencer.Core.Scheduling;

/// <summary>A place on the sky with a name.</summary>
public sealed record Field
{
    /// <summary>Makes a field.</summary>
    /// <param name="name">Display name; must hold a letter or digit, because folders are named after it.</param>
    /// <param name="position">Where it is, ICRS.</param>
    /// <exception cref="InvalidObservationException">The name is empty after flattening.</exception>
    public Field(string name, SkyPosition position)
    {
        ArgumentNullException.ThrowIfNull(name);
        FieldName = Flatten(name);
        if (!FieldName.Any(char.IsLetterOrDigit))
            throw new InvalidObservationException($"a field needs a name with letters or digits, not '{name}'");
        Name = name;
        Position = position;
    }

    /// <summary>Makes a field from degrees.</summary>
    /// <param name="name">Display name.</param>
    /// <param name="raDegrees">ICRS right ascension, degrees.</param>
    /// <param name="decDegrees">ICRS declination, degrees.</param>
    /// <exception cref="InvalidObservationException">The name is empty after flattening.</exception>
    public Field(string name, double raDegrees, double decDegrees)
        : this(name, SkyPosition.FromDegrees(raDegrees, decDegrees))
    {
    }

    /// <summary>The field at a direction above a site at a time.</summary>
    public static Field FromHorizontal(string name, Site site, HorizontalPosition direction, DateTimeOffset time) =>
        new(name, SkyTransform.At(site, time).Icrs(direction));

    /// <summary>The name as written in the target list: the key of the observation.</summary>
    public string Name { get; }

    /// <summary>The name that folders carry: title case, without spaces and hyphens ("Test Field - 32b" is TestField32B).</summary>
    public string FieldName { get; }

    /// <summary>Where it is, ICRS.</summary>
    public SkyPosition Position { get; }

    /// <summary>ICRS right ascension, degrees, 0 to 360.</summary>
    public double RaDegrees => Position.RightAscension.Degrees;

    /// <summary>ICRS declination, degrees, −90 to 90.</summary>
    public double DecDegrees => Position.Declination.Degrees;

    /// <summary>Equinox as written in the target list; positions are ICRS, which J2000 stands for.</summary>
    public string Equinox { get; init; } = "J2000";

    /// <summary>First letter after anything that is no letter in upper case, the others in lower case; spaces and hyphens dropped.</summary>
    public static string Flatten(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var flat = new StringBuilder(name.Length);
        var afterLetter = false;
        foreach (var letter in name)
        {
            if (letter is not (' ' or '-'))
                flat.Append(afterLetter ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter));
            afterLetter = char.IsLetter(letter);
        }
        return flat.ToString();
    }
}
