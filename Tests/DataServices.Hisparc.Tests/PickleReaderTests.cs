using System.Text;
using DataServices.Hisparc.Pickle;

namespace DataServices.Hisparc.Tests;

public sealed class PickleReaderTests
{
    private static readonly TimeProvider _clock = TimeProvider.System;

    [Theory]
    [InlineData("I42\n.", 42L)]
    [InlineData("I01\n.", true)]
    [InlineData("I00\n.", false)]
    [InlineData("L-7L\n.", -7L)]
    [InlineData("F1.5\n.", 1.5)]
    [InlineData("N.", null)]
    [InlineData("V\\u00efx\n.", "ïx")]
    [InlineData("K\u0007.", 7L)]
    [InlineData("M\u0001\u0001.", 257L)]
    [InlineData("J\u00ff\u00ff\u00ff\u00ff.", -1L)]
    [InlineData("\u008a\u0002\u0000\u0080.", -32768L)]
    [InlineData("G\u003f\u00f8\u0000\u0000\u0000\u0000\u0000\u0000.", 1.5)]
    [InlineData("\u0080\u0004\u008c\u0001a.", "a")]
    [InlineData("X\u0002\u0000\u0000\u0000\u00c3\u00af.", "ï")]
    public void Plain_values_of_every_protocol_are_read(string pickle, object? expected) => Assert.Equal(expected, PickleReader.Read(Latin1(pickle)));

    [Fact]
    public void A_Python_2_string_is_text_in_UTF_8_or_else_in_ISO_8859_1()
    {
        Assert.Equal("geïnit", PickleText.Of(PickleReader.Read(Latin1("S'ge\\xc3\\xafnit'\n."))));
        Assert.Equal("geïnit", PickleText.Of(PickleReader.Read(Latin1("S'ge\\xefnit'\n."))));
        Assert.Equal("a'\n\tb", PickleText.Of(PickleReader.Read(Latin1("S\"a'\\n\\tb\"\n."))));
    }

    [Fact]
    public void Dates_come_from_Python_2_bytes_from_latin1_text_and_from_bytes()
    {
        var state = "\u0007\u00ea\u0001\u0005\u000c\u0000\u0003\u0000\u0000\u0001";
        var expected = new PickleDateTime(new DateTime(2026, 1, 5, 12, 0, 3).AddMicroseconds(1));
        Assert.Equal(expected, PickleReader.Read(Latin1("cdatetime\ndatetime\n(U\u000a" + state + "tR.")));
        Assert.Equal(expected, PickleReader.Read(Latin1("\u0080\u0003cdatetime\ndatetime\nC\u000a" + state + "\u0085R.")));
        Assert.Equal(expected, PickleReader.Read(Latin1("cdatetime\ndatetime\n(c_codecs\nencode\n(V" + state.Replace("\u000a", "\\u000a", StringComparison.Ordinal) + "\nVlatin1\ntRtR.")));
    }

    [Theory]
    [InlineData("i8", "<", "\u00fe\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", -2L)]
    [InlineData("u2", ">", "\u0001\u0002", 258L)]
    [InlineData("f4", "<", "\u0000\u0000\u00c0\u003f", 1.5)]
    [InlineData("f8", ">", "\u003f\u00f8\u0000\u0000\u0000\u0000\u0000\u0000", 1.5)]
    [InlineData("b1", "|", "\u0001", true)]
    public void NumPy_numbers_are_read_in_either_byte_order(string type, string order, string bytes, object expected)
    {
        foreach (var module in (string[])["numpy.core.multiarray", "numpy._core.multiarray"])
        {
            var pickle = $"\u0080\u0003c{module}\nscalar\n(cnumpy\ndtype\n(X\u0002\0\0\0{type}\u0089\u0088tR(K\u0003X\u0001\0\0\0{order}NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tbC{(char)bytes.Length}{bytes}tR.";
            Assert.Equal(expected, PickleReader.Read(Latin1(pickle)));
        }
    }

    [Theory]
    [InlineData("cos\nsystem\n(S'true'\ntR.")]
    [InlineData("cbuiltins\neval\n.")]
    [InlineData("\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093.")]
    public void A_global_that_is_not_on_the_list_is_refused_and_told_apart(string pickle) =>
        Assert.True(Assert.Throws<PickleFormatException>(() => PickleReader.Read(Latin1(pickle))).AskedForForeignGlobal);

    [Theory]
    [InlineData("aaaaa")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("(.")]
    [InlineData("]q\0h\0a.")]
    [InlineData("}q\0S'x'\nh\0s.")]
    [InlineData("\u0080\u0006N.")]
    [InlineData("(i__main__\nX\n.")]
    [InlineData("P1\n.")]
    [InlineData("h\u0005.")]
    [InlineData("cdatetime\ndatetime\n(U\u0003abctR.")]
    [InlineData("c_codecs\nencode\n(Vx\nVrot13\ntR.")]
    [InlineData("\u008b\u0000\u0000\u0000\u0040.")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff.")]
    [InlineData("(K\u0001K\u0002K\u0003d.")]
    public void Whatever_is_malformed_cyclic_or_not_data_is_refused(string pickle) => Assert.Throws<PickleFormatException>(() => PickleReader.Read(Latin1(pickle)));

    [Fact]
    public void Bombs_are_refused_within_a_second_and_within_their_memory()
    {
        var laughs = new StringBuilder("]q\0");
        for (var i = 1; i < 60; i++)
            laughs.Append(']').Append('q').Append((char)i).Append('(').Insert(laughs.Length, $"h{(char)(i - 1)}", 20).Append('e');
        byte[][] bombs =
        [
            [.. Enumerable.Repeat((byte)']', 1_000_000), .. Enumerable.Repeat((byte)'a', 999_999), (byte)'.'],
            [.. Enumerable.Repeat((byte)'(', 1_000_000), (byte)'.'],
            [0x8b, 0, 0, 0, 0x40, (byte)'.'],
            Latin1(laughs + "."),
            [(byte)'L', .. Enumerable.Repeat((byte)'9', 4_000_000), (byte)'L', (byte)'\n', (byte)'.'],
            [(byte)'N', (byte)'r', 0x7f, 0x84, 0x1e, 0, (byte)'.'],
        ];
        foreach (var bomb in bombs)
        {
            var begun = _clock.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<PickleFormatException>(() => PickleReader.Read(bomb));
            Assert.True(_clock.GetElapsedTime(begun) < TimeSpan.FromSeconds(1));
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20, $"{(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB");
        }
    }

    [Fact]
    public void Random_bytes_and_damaged_pickles_never_do_anything_but_give_a_value_or_be_refused()
    {
        var random = new Random(1);
        var good = Batches.Pickle(Batches.Coincidence(new DateTime(2026, 1, 5), 3));
        for (var i = 0; i < 20_000; i++)
        {
            var data = i % 2 == 0 ? new byte[random.Next(60)] : (byte[])good.Clone();
            if (i % 2 == 0)
                random.NextBytes(data);
            else
                for (var j = 0; j < 3; j++)
                    data[random.Next(data.Length)] = (byte)random.Next(256);
            try
            {
                _ = Events.EventBatch.Parse(data);
            }
            catch (PickleFormatException)
            {
                // What is expected of damaged data.
            }
        }
    }

    private static byte[] Latin1(string text) => Encoding.Latin1.GetBytes(text);
}
