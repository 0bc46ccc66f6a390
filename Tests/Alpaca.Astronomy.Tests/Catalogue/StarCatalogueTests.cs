using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Alpaca.Astronomy.Catalogue;
using static Alpaca.Astronomy.Tests.Skies;

namespace Alpaca.Astronomy.Tests.Catalogue;

public sealed class StarCatalogueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catalogue").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_index_file_is_read_whatever_its_byte_order_and_the_order_of_its_tables(bool bigEndian)
    {
        var stars = Random(500, 1);
        var path = Path.Combine(_folder, "index-tycho2-07.fits");
        WriteIndex(path, stars, bigEndian, otherTables: bigEndian ? 3 : 0);
        var read = StarCatalogue.OpenInstalled(_folder);
        Assert.Equal(500, read.Count);
        Assert.Equal("index-tycho2-07.fits", read.Name);
        foreach (var star in stars)
        {
            var found = Assert.Single(read.StarsWithin(star.Position, Angle.FromArcseconds(1)));
            Near(0, found.Position.Separation(star.Position).Arcseconds, 0.001);
            Near(star.Magnitude, found.Magnitude, 1e-5);
        }
    }

    [Fact]
    public void The_installed_file_with_the_smallest_number_is_used()
    {
        WriteIndex(Path.Combine(_folder, "index-tycho2-19.littleendian.fits"), Random(10, 1), false, 0);
        WriteIndex(Path.Combine(_folder, "index-tycho2-08.littleendian.fits"), Random(20, 2), false, 0);
        WriteIndex(Path.Combine(_folder, "index-tycho2-10.littleendian.fits"), Random(30, 3), false, 0);
        Assert.Equal(20, StarCatalogue.OpenInstalled(_folder).Count);
    }

    [Fact]
    public void Without_a_catalogue_the_package_is_named()
    {
        foreach (var folder in new[] { _folder, Path.Combine(_folder, "none") })
            Assert.Contains("apt install astrometry-data-tycho2-07", Assert.Throws<FileNotFoundException>(() => StarCatalogue.OpenInstalled(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_or_foreign_file_is_refused()
    {
        var path = Path.Combine(_folder, "index-tycho2-07.fits");
        File.WriteAllText(path, "not a catalogue");
        Assert.Throws<InvalidDataException>(() => StarCatalogue.Open(path));
        WriteIndex(path, Random(500, 1), false, 0);
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..^5760]);
        Assert.Throws<InvalidDataException>(() => StarCatalogue.Open(path));
        File.WriteAllText(path, Header(("SIMPLE", "T"), ("BITPIX", "8"), ("NAXIS", "0")));
        Assert.Contains("kdtree_data_stars", Assert.Throws<InvalidDataException>(() => StarCatalogue.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_finds_what_a_look_at_every_star_finds()
    {
        var stars = Random(20_000, 6);
        Catalogues.SearchAgrees(StarCatalogue.Of("random", stars), stars, 120);
    }

    [Fact]
    public void Stars_come_brightest_first_and_down_to_the_limit()
    {
        var here = SkyPosition.FromDegrees(0.001, 0.001);
        var catalogue = StarCatalogue.Of("five", [
            CatalogueStar.At(here, 9), CatalogueStar.At(SkyPosition.FromDegrees(359.999, -0.001), 4), CatalogueStar.At(SkyPosition.FromDegrees(0, 0.5), 2),
            CatalogueStar.At(SkyPosition.FromDegrees(359.5, 0), 6), CatalogueStar.At(SkyPosition.FromDegrees(180, 0), 1)]);
        Assert.Equal([2, 4, 6, 9], catalogue.StarsWithin(here, Angle.FromDegrees(1)).Select(star => star.Magnitude));
        Assert.Equal([2, 4], catalogue.StarsWithin(here, Angle.FromDegrees(1), 5).Select(star => star.Magnitude));
        Assert.Equal([9], catalogue.StarsWithin(here, Angle.Zero).Select(star => star.Magnitude));
        Assert.Throws<ArgumentOutOfRangeException>(() => catalogue.StarsWithin(here, Angle.FromDegrees(-1)));
    }

    private static CatalogueStar[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => CatalogueStar.At(
            new(Angle.FromDegrees(random.NextDouble() * 360), Angle.FromRadians(Math.Asin((2 * random.NextDouble()) - 1))), 3 + (random.NextDouble() * 9)))];
    }

    private static void WriteIndex(string path, CatalogueStar[] stars, bool bigEndian, int otherTables)
    {
        const double scale = uint.MaxValue / 2.0;
        var positions = new byte[stars.Length * 12];
        var magnitudes = new byte[stars.Length * 4];
        for (var i = 0; i < stars.Length; i++)
        {
            var axes = new[] { stars[i].Direction.X, stars[i].Direction.Y, stars[i].Direction.Z };
            for (var axis = 0; axis < 3; axis++)
            {
                var word = (uint)Math.Round((axes[axis] + 1) * scale);
                if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(positions.AsSpan((i * 12) + (axis * 4)), word);
                else BinaryPrimitives.WriteUInt32LittleEndian(positions.AsSpan((i * 12) + (axis * 4)), word);
            }
            BinaryPrimitives.WriteSingleBigEndian(magnitudes.AsSpan(i * 4), (float)stars[i].Magnitude);
        }
        var range = new byte[56];
        foreach (var (i, value) in new[] { -1, -1, -1, 1, 1, 1, scale }.Index())
        {
            if (bigEndian) BinaryPrimitives.WriteDoubleBigEndian(range.AsSpan(i * 8), value);
            else BinaryPrimitives.WriteDoubleLittleEndian(range.AsSpan(i * 8), value);
        }
        using var file = File.Create(path);
        Write(file, Header(("SIMPLE", "T"), ("BITPIX", "8"), ("NAXIS", "0"), ("ENDIAN", bigEndian ? "'01:02:03:04'" : "'04:03:02:01' / byte order")), []);
        for (var i = 0; i < otherTables; i++) Table(file, $"other_{i}", "7A", 7, new byte[7 * (i + 3)]);
        Table(file, "MAG_VT", "1E", 4, magnitudes);
        Table(file, "kdtree_data_stars", "12A", 12, positions);
        Table(file, "kdtree_range_stars", "8A", 8, range);
    }

    private static void Table(Stream file, string column, string form, int width, byte[] data) => Write(
        file,
        Header(("XTENSION", "'BINTABLE'"), ("BITPIX", "8"), ("NAXIS", "2"), ("NAXIS1", Text(width)), ("NAXIS2", Text(data.Length / width)), ("PCOUNT", "0"), ("GCOUNT", "1"), ("TFIELDS", "1"), ("TFORM1", $"'{form}'"), ("TTYPE1", $"'{column}'")),
        data);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Header(params (string Key, string Value)[] cards) =>
        (string.Concat(cards.Select(card => $"{card.Key,-8}= {card.Value,20}".PadRight(80))) + "END".PadRight(80)).PadRight(2880);

    private static void Write(Stream file, string header, byte[] data)
    {
        file.Write(Encoding.ASCII.GetBytes(header));
        file.Write(data);
        file.Write(new byte[(2880 - (data.Length % 2880)) % 2880]);
    }
}
