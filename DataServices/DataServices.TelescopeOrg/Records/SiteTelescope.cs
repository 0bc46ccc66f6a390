namespace DataServices.TelescopeOrg;

/// <summary>A telescope of the site, with what it calls its filters.</summary>
/// <param name="Name">Name as requests spell it; compared without regard to case.</param>
/// <param name="Id">The site's number, or null for one that takes no requests.</param>
/// <param name="ScaleLow">Smallest scale to solve its frames with, arcsec/pixel; null when not known.</param>
/// <param name="ScaleHigh">Largest scale, arcsec/pixel.</param>
public sealed record SiteTelescope(string Name, int? Id, double? ScaleLow, double? ScaleHigh)
{
    private const int Coast = 6, Pirate = 7;
    private static readonly (string Letters, string Words)[] _aliases = [("BVR", "Colour"), ("B", "Blue"), ("V", "Green"), ("R", "Red")];

    /// <summary>Stands for a telescope that is not known: any scale from 1 to 16 arcsec/pixel.</summary>
    public static readonly SiteTelescope Unknown = new("unknown", null, 1, 16);

    /// <summary>All that are known.</summary>
    public static readonly IReadOnlyList<SiteTelescope> All =
    [
        new("constellation", 1, null, null), new("galaxy", 2, 1, 2), new("cluster", 3, 14, 16), new("planet", 5, null, null),
        new("coast", Coast, 1, 2), new("pirate", Pirate, 1, 2), new("10micron", null, 1, 2), new("cdk17", null, 1, 2), Unknown,
    ];

    /// <summary>The telescope of a name, or null.</summary>
    public static SiteTelescope? Find(string name) => All.FirstOrDefault(telescope => telescope.Name.Equals(name?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>A telescope that requests can be sent to.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists them.</exception>
    public static SiteTelescope Require(string name) =>
        Find(name) is { Id: not null } found
            ? found
            : throw new ArgumentException($"There is no telescope \"{name}\" to send requests to: use {string.Join(", ", All.Where(t => t.Id is not null).Select(t => t.Name))}.");

    /// <summary>The telescope's own word for a filter: BVR, B, V and R are Colour, Blue, Green and Red on PIRATE, and the reverse on COAST.</summary>
    public string FilterName(string filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        foreach (var (letters, words) in _aliases)
        {
            if (Id is Coast or Pirate && (filter.Equals(letters, StringComparison.OrdinalIgnoreCase) || filter.Equals(words, StringComparison.OrdinalIgnoreCase)))
                return Id == Coast ? letters : words;
        }

        return filter;
    }
}
