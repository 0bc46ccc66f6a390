using System.Globalization;
using System.Text.RegularExpressions;

namespace Alpaca.Astronomy.Catalogue;

/// <summary>Stars of the whole sky that can be asked for by place. Immutable after loading; safe to use from several threads.</summary>
public sealed partial class StarCatalogue
{
    /// <summary>Where Debian's <c>astrometry-data-tycho2-*</c> packages put their files.</summary>
    public const string DefaultFolder = "/usr/share/astrometry";

    private readonly StarSource _stars;
    private readonly SkyCells _cells = new();
    private readonly int[] _firstOfCell;
    private readonly int[] _order;

    private StarCatalogue(string name, StarSource stars)
    {
        Name = name;
        _stars = stars;
        (_firstOfCell, _order) = Arrange(stars);
    }

    /// <summary>Where the stars come from: a file name, or what the maker said.</summary>
    public string Name { get; }

    public int Count => _order.Length;

    /// <summary>The installed catalogue with the most stars (the index file with the smallest number).</summary>
    /// <param name="folder">Folder with <c>index-tycho2-*.fits</c> files.</param>
    /// <exception cref="FileNotFoundException">None is installed; the message names the package.</exception>
    public static StarCatalogue OpenInstalled(string folder = DefaultFolder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "index-tycho2-*.fits") : [];
        var deepest = files.Select(file => (File: file, Number: IndexNumber().Match(Path.GetFileName(file))))
            .Where(item => item.Number.Success)
            .OrderBy(item => int.Parse(item.Number.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .ThenBy(item => item.File, StringComparer.Ordinal)
            .Select(item => item.File)
            .FirstOrDefault();
        return Open(deepest ?? throw new FileNotFoundException(
            $"No star catalogue is installed in {folder}. On Debian and Ubuntu: sudo apt install astrometry-data-tycho2-07 (or astrometry-data-tycho2-10-19 for fewer stars)."));
    }

    /// <summary>The stars of one astrometry.net index file.</summary>
    /// <exception cref="InvalidDataException">Not such a file.</exception>
    public static StarCatalogue Open(string path) => new(Path.GetFileName(path), new AstrometryIndex(path));

    /// <summary>A catalogue of given stars.</summary>
    public static StarCatalogue Of(string name, IEnumerable<CatalogueStar> stars) => new(name, StarSource.Of(stars));

    /// <summary>The stars within a circle, brightest first.</summary>
    /// <param name="centre">Centre of the circle, ICRS.</param>
    /// <param name="radius">Radius, 0 to 180 degrees.</param>
    /// <param name="faintest">Faintest magnitude wanted.</param>
    public IReadOnlyList<CatalogueStar> StarsWithin(SkyPosition centre, Angle radius, double faintest = double.PositiveInfinity)
    {
        var found = new List<CatalogueStar>();
        StarsWithin(centre, radius, found, faintest);
        // Stable for equal magnitudes, so that the order does not depend on the sort.
        return [.. found.OrderBy(star => star.Magnitude)];
    }

    /// <summary>Adds the stars within a circle to a list, in no particular (but always the same) order: the cheaper form for rendering.</summary>
    public void StarsWithin(SkyPosition centre, Angle radius, ICollection<CatalogueStar> into, double faintest = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(into);
        if (!(radius.Degrees is >= 0 and <= 180)) throw new ArgumentOutOfRangeException(nameof(radius), radius, "The radius of a circle on the sky is 0 to 180 degrees.");
        var middle = centre.Vector;
        var chord = 2 * Math.Sin(radius.Radians / 2);
        var limit = (chord * chord) + 1e-24;
        foreach (var (first, last) in _cells.Covering(centre, radius))
        {
            for (var cell = first; cell <= last; cell++)
            {
                for (var i = _firstOfCell[cell]; i < _firstOfCell[cell + 1]; i++)
                {
                    var star = _stars[_order[i]];
                    if (star.Magnitude > faintest) break;
                    var (x, y, z) = (star.Direction.X - middle.X, star.Direction.Y - middle.Y, star.Direction.Z - middle.Z);
                    if ((x * x) + (y * y) + (z * z) <= limit) into.Add(star);
                }
            }
        }
    }

    /// <summary>Sorts star numbers by cell, and by magnitude within a cell.</summary>
    private (int[] FirstOfCell, int[] Order) Arrange(StarSource stars)
    {
        var cellOf = new int[stars.Count];
        var magnitudes = new float[stars.Count];
        var first = new int[_cells.Count + 1];
        for (var i = 0; i < cellOf.Length; i++)
        {
            var star = stars[i];
            cellOf[i] = _cells.Of(star.Direction);
            magnitudes[i] = (float)star.Magnitude;
            first[cellOf[i] + 1]++;
        }
        for (var cell = 0; cell < _cells.Count; cell++) first[cell + 1] += first[cell];
        var next = first.AsSpan(0, _cells.Count).ToArray();
        var order = new int[cellOf.Length];
        for (var i = 0; i < cellOf.Length; i++) order[next[cellOf[i]]++] = i;
        for (var cell = 0; cell < _cells.Count; cell++)
        {
            order.AsSpan(first[cell], first[cell + 1] - first[cell]).Sort(
                (a, b) => magnitudes[a] != magnitudes[b] ? magnitudes[a].CompareTo(magnitudes[b]) : a.CompareTo(b));
        }
        return (first, order);
    }

    [GeneratedRegex(@"^index-tycho2-(\d+)\b")]
    private static partial Regex IndexNumber();
}
