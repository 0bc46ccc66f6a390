using System.Text;

namespace DataServices.Fits.Tests;

public sealed class FitsHeaderTests
{
    [Fact]
    public void Values_keep_their_type_and_the_cards_their_order()
    {
        var header = new FitsHeader()
            .Set("ZEBRA", "striped", "an animal")
            .Set("EXPTIME", 120.0, "[s] exposure")
            .Set("NCOMBINE", 5)
            .Set("DARKCORR", true)
            .AddHistory("first step")
            .Set("ALT", -0.25)
            .Set("BIG", 9007199254740993L);

        var read = FitsHeader.Parse(header.ToBytes());

        Assert.Equal(header.ToList(), read.ToList());
        Assert.IsType<double>(read["EXPTIME"]!.Value);
        Assert.IsType<long>(read["NCOMBINE"]!.Value);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e20)]
    [InlineData(-1.7976931348623157E+308)]
    [InlineData(5e-324)]
    [InlineData(299792458.0)]
    public void Doubles_survive_to_the_last_bit(double value)
    {
        var read = FitsHeader.Parse(new FitsHeader().Set("X", value).ToBytes());

        Assert.Equal(value, Assert.IsType<double>(read["X"]!.Value));
    }

    [Fact]
    public void Every_string_comes_back_whatever_its_length_and_apostrophes()
    {
        var random = new Random(7);
        for (var n = 0; n < 500; n++)
        {
            var length = random.Next(0, 300);
            var text = new StringBuilder();
            for (var i = 0; i < length; i++)
                text.Append(random.Next(4) == 0 ? '\'' : (char)random.Next(0x20, 0x7f));
            var value = text.ToString().TrimEnd(' ');
            var header = new FitsHeader().Set(n % 2 == 0 ? "NOTE" : "A LONG KEYWORD WITH BLANKS", value, n % 3 == 0 ? "why" : null).Set("AFTER", 1);

            var read = FitsHeader.Parse(header.ToBytes());

            Assert.Equal(2, read.Count);
            Assert.Equal(value, read[0].Value);
            Assert.All(header.Records(), record => Assert.Equal(80, record.Length));
        }
    }

    [Fact]
    public void A_number_stands_where_the_standard_wants_it()
    {
        var record = new FitsHeader().Set("GAIN", 120, "[e-/ADU]").Records().Single();

        Assert.Equal("GAIN    =                  120 / [e-/ADU]".PadRight(80), record);
    }

    [Fact]
    public void Long_keywords_become_HIERARCH()
    {
        var header = new FitsHeader().Set("current_exp_num", 3);

        Assert.StartsWith("HIERARCH CURRENT_EXP_NUM = 3", header.Records().Single(), StringComparison.Ordinal);
        Assert.Equal(3, FitsHeader.Parse(header.ToBytes()).Integer("Current_Exp_Num"));
    }

    [Fact]
    public void Long_commentary_takes_several_records()
    {
        var header = new FitsHeader().AddComment(new string('x', 100));

        Assert.Equal(2, header.Records().Count());
        Assert.All(FitsHeader.Parse(header.ToBytes()), card => Assert.True(card.IsCommentary));
    }

    [Fact]
    public void Setting_a_keyword_again_replaces_it_in_its_place()
    {
        var header = new FitsHeader().Set("A", 1).Set("B", 2).Set("a", 3);

        Assert.Equal(["A", "B"], header.Select(card => card.Keyword));
        Assert.Equal(3, header.Integer("A"));
    }

    [Fact]
    public void What_FITS_cannot_hold_is_refused_with_advice()
    {
        var header = new FitsHeader();

        Assert.Contains("omit", Assert.Throws<ArgumentException>(() => header.Set("CCD-TEMP", double.NaN)).Message, StringComparison.Ordinal);
        Assert.Contains("omit", Assert.Throws<ArgumentException>(() => header.Set("AIRMASS", double.PositiveInfinity)).Message, StringComparison.Ordinal);
        Assert.Contains("U+00E9", Assert.Throws<ArgumentException>(() => header.Set("OBSERVER", "Andr\u00e9")).Message, StringComparison.Ordinal);
        Assert.Contains("OBSERVER", Assert.Throws<ArgumentException>(() => header.Set("OBSERVER", "a\nb")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => header.Set("A=B", 1));
        Assert.Throws<ArgumentException>(() => header.Set("", 1));
        Assert.Throws<ArgumentException>(() => header.Set("END", 1));
        Assert.Throws<ArgumentException>(() => header.Set(new string('K', 60), 1));
        Assert.Empty(header);
    }

    [Fact]
    public void The_records_of_others_are_read_leniently()
    {
        string[] records =
        [
            "EXPOSURE= 1.5D+01 / free format",
            "OBJECT  = 'M 31'",
            "UNDEF   =",
            "HIERARCH ESO DET NWIN = 2 / windows",
            "NOVALUE text without an equals sign",
            "lower   = 3",
        ];
        var bytes = Encoding.ASCII.GetBytes(string.Concat(records.Select(record => record.PadRight(80))) + "END".PadRight(80) + "GARBAGE".PadRight(80));

        var header = FitsHeader.Parse(bytes);

        Assert.Equal(15.0, header.Number("EXPOSURE"));
        Assert.Equal("M 31", header.Text("OBJECT"));
        Assert.Null(header["UNDEF"]!.Value);
        Assert.Equal(2, header.Integer("ESO DET NWIN"));
        Assert.Equal(3, header.Integer("LOWER"));
        Assert.Equal(6, header.Count);
    }

    [Fact]
    public void Whatever_was_read_can_be_written_again()
    {
        var random = new Random(3);
        string[] seeds = ["HIERARCH ESO DET NWIN = 2 / windows", "OBJECT  = 'M 31'", "EXPOSURE=                 15.0", "CONTINUE  'x'", "HIERARCH =  5", "A B     = NaN", "Q       = 1E999"];
        for (var i = 0; i < 5000; i++)
        {
            var record = new StringBuilder(seeds[i % seeds.Length].PadRight(80));
            for (var n = random.Next(6); n > 0; n--)
                record[random.Next(random.Next(2) == 0 ? 12 : 80)] = (char)random.Next(256);
            var header = FitsHeader.Parse(Encoding.Latin1.GetBytes(record.ToString()));
            var copy = new FitsHeader(header);
            static IEnumerable<FitsCard> Values(FitsHeader cards) => cards.Where(card => !card.IsCommentary);
            Assert.Equal(Values(header).Select(card => (card.Keyword, card.Value)), Values(FitsHeader.Parse(copy.ToBytes())).Select(card => (card.Keyword, card.Value)));
        }
    }
}
