namespace DataServices.Fits.Tests;

public class Crc32Tests
{
    [Fact]
    public void It_is_the_check_sum_of_the_standard_for_every_length_and_in_any_pieces()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        var bytes = new byte[1000];
        new Random(2).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var expected = BitByBit(bytes.AsSpan(0, length));
            Assert.Equal(expected, Crc32.Append(0, bytes.AsSpan(0, length)));
            var cut = length * 7 / 11;
            Assert.Equal(expected, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, cut)), bytes.AsSpan(cut, length - cut)));
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
        }

        return ~crc;
    }
}
