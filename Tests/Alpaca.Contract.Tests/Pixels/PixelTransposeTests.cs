using Alpaca.Contract.Pixels;

namespace Alpaca.Contract.Tests.Pixels;

/// <summary>Every kernel against the definition, for every size of pixel and all small shapes; borders of the memory are watched.</summary>
public sealed class PixelTransposeTests
{
    private const byte Untouched = 0xA5;

    public static TheoryData<int> PixelSizes { get; } = [1, 2, 4, 8, 3, 6, 12, 24];

    [Theory]
    [MemberData(nameof(PixelSizes))]
    public void Every_small_shape_is_turned_by_every_kernel_as_the_definition_says(int pixelBytes)
    {
        for (var rows = 1; rows <= 37; rows++)
        {
            for (var columns = 1; columns <= 37; columns++)
                Check(rows, columns, rows + columns, pixelBytes, sourceGap: 0, targetGap: 0);
        }
    }

    [Theory]
    [MemberData(nameof(PixelSizes))]
    public void Large_odd_shapes_are_turned_too(int pixelBytes)
    {
        foreach (var (rows, columns) in new[] { (1, 5000), (5000, 1), (64, 64), (65, 63), (129, 257), (257, 129), (500, 333), (1000, 17), (17, 1000), (2, 3001), (3001, 2) })
            Check(rows, columns, rows ^ columns, pixelBytes, sourceGap: 0, targetGap: 0);
    }

    [Theory]
    [MemberData(nameof(PixelSizes))]
    public void A_window_of_a_larger_image_leaves_what_surrounds_it(int pixelBytes)
    {
        foreach (var (rows, columns, sourceGap, targetGap) in new[] { (16, 16, 1, 1), (33, 70, 5, 3), (70, 33, 3, 5), (7, 40, 100, 0), (40, 7, 0, 100) })
            Check(rows, columns, 5, pixelBytes, sourceGap, targetGap);
    }

    [Fact]
    public void Nothing_to_turn_touches_nothing()
    {
        PixelTranspose.Copy([], 0, [], 5, 5, 0, 2);
        PixelTranspose.Copy([], 5, [], 0, 0, 5, 2);
    }

    [Fact]
    public void Pixels_outside_the_memory_are_refused()
    {
        var enough = new byte[2 * 3 * 2];
        var short_ = new byte[(2 * 3 * 2) - 1];
        PixelTranspose.Copy(enough, 3, new byte[12], 2, 2, 3, 2);
        Assert.Throws<ArgumentException>("source", () => PixelTranspose.Copy(short_, 3, new byte[12], 2, 2, 3, 2));
        Assert.Throws<ArgumentException>("target", () => PixelTranspose.Copy(enough, 3, new byte[11], 2, 2, 3, 2));
        Assert.Throws<ArgumentException>("source", () => PixelTranspose.Copy(new byte[100], 50_000, new byte[100_000], 50_000, 50_000, 50_000, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelTranspose.Copy(enough, 2, new byte[12], 2, 2, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelTranspose.Copy(enough, 3, new byte[12], 1, 2, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelTranspose.Copy(enough, 3, new byte[12], 2, -1, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelTranspose.Copy(new byte[100], 3, new byte[100], 2, 2, 3, 5));
    }

    private static void Check(int rows, int columns, int seed, int pixelBytes, int sourceGap, int targetGap)
    {
        var (sourceStride, targetStride) = (columns + sourceGap, rows + targetGap);
        var source = new byte[((((rows - 1) * sourceStride) + columns) * pixelBytes)];
        new Random(seed).NextBytes(source);
        var used = (((columns - 1) * targetStride) + rows) * pixelBytes;
        var expected = new byte[used + 64];
        Array.Fill(expected, Untouched);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                source.AsSpan(((row * sourceStride) + column) * pixelBytes, pixelBytes)
                    .CopyTo(expected.AsSpan(((column * targetStride) + row) * pixelBytes));
            }
        }

        foreach (var kernel in Enum.GetValues<PixelKernel>())
        {
            var target = new byte[expected.Length];
            Array.Fill(target, Untouched);
            PixelTranspose.Copy(source, sourceStride, target.AsSpan(0, used), targetStride, rows, columns, pixelBytes, kernel);
            Assert.True(target.AsSpan().SequenceEqual(expected), $"{kernel}: {rows} x {columns} pixels of {pixelBytes} bytes, gaps {sourceGap} and {targetGap}");
        }
    }
}
