using Alpaca.Devices.Links;

namespace Alpaca.Devices.Tests.Links;

public sealed class WireTextTests
{
    [Fact]
    public void Every_byte_survives_being_written_as_text()
    {
        var all = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var text = WireText.Escape(all);
        Assert.All(text, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(all, WireText.Unescape(text));
    }

    [Theory]
    [InlineData(@"\q")]
    [InlineData(@"\x1")]
    [InlineData(@"\")]
    [InlineData("é")]
    public void What_no_byte_can_be_is_refused(string text) => Assert.Throws<FormatException>(() => WireText.Unescape(text));
}
