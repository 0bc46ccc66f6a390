using System.Globalization;
using System.Text;

namespace Sequencer.Core.Scheduling;

/// <summary>A place on the sky with a name.</summary>
public sealed record Field
{
    /// <summary>Makes a field.</summary>
    /// <param name="name">Display name; must hold a letter or digit, because folders are named after it.</param>
    /// <param name="raDegrees">ICRS right ascension, degrees, 0 (inclusive) to 360 (exclusive).</param>
    /// <param name="decDegrees">ICRS declination, degrees, −90 to 90.</param>
    /// <exception cref="InvalidObservationException">The name is empty after flattening, or the position is not on the sky.</exception>
    public Field(string name, double raDegrees, double decDegrees)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        FieldName = Flatten(name);
        if (FieldName.Length == 0)
            throw new InvalidObservationException($"a field needs a name with letters or digits, not '{name}'");
        if (!(raDegrees is >= 0 and < 360))
            throw new InvalidObservationException(string.Create(CultureInfo.InvariantCulture, $"right ascension {raDegrees} deg of '{name}' is not between 0 and 360"));
        if (!(decDegrees is >= -90 and <= 90))
            throw new InvalidObservationException(string.Create(CultureInfo.InvariantCulture, $"declination {decDegrees} deg of '{name}' is not between -90 and 90"));
        RaDegrees = raDegrees;
        DecDegrees = decDegrees;
    }

    /// <summary>The name as written in the target list: the key of the observation.</summary>
    public string Name { get; }

    /// <summary>The name that folders carry: title case, without spaces and hyphens ("Test Field - 32b" is TestField32B).</summary>
    public string FieldName { get; }

    /// <summary>ICRS right ascension, degrees, 0 to 360.</summary>
    public double RaDegrees { get; }

    /// <summary>ICRS declination, degrees, −90 to 90.</summary>
    public double DecDegrees { get; }

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
