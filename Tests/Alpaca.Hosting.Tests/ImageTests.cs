using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests;

/// <summary>Images byte by byte: the header is read here number by number, not with the product's own reader.</summary>
public sealed class ImageTests
{
    private const string Path = "/api/v1/camera/0/imagearray";
    private const string ImageBytes = "application/json, application/imagebytes";

    [Fact]
    public async Task Image_bytes_have_the_standards_header_and_y_varies_fastest()
    {
        await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<ushort>([1, 2, 3, 4, 5, 40000], 3, 2) });
        var answer = await host.GetAsync(Path + "?ClientTransactionID=77", ImageBytes);
        Assert.Equal("application/imagebytes", answer.ContentType);
        Assert.Equal([1, 0, 77, 1, 44, 2, 8, 2, 3, 2, 0], Header(answer.Body));
        Assert.Equal([1, 4, 2, 5, 3, 40000], Numbers(answer.Body, 2, b => BinaryPrimitives.ReadUInt16LittleEndian(b)));
    }

    [Fact]
    public async Task The_variant_is_the_same_image()
    {
        await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<ushort>([1, 2, 3, 4, 5, 40000], 3, 2) });
        var answer = await host.GetAsync("/api/v1/camera/0/imagearrayvariant", ImageBytes);
        Assert.Equal([1, 0, 0, 1, 44, 2, 8, 2, 3, 2, 0], Header(answer.Body));
    }

    [Fact]
    public async Task Colour_planes_vary_fastest_of_all()
    {
        await using var host = await RunningHost.StartAsync(new TestCamera
        {
            Image = () => ImageArray.CopyOf<byte>([10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42], 2, 2, 3),
        });
        var answer = await host.GetAsync(Path, ImageBytes);
        Assert.Equal([1, 0, 0, 1, 44, 2, 6, 3, 2, 2, 3], Header(answer.Body));
        Assert.Equal(new byte[] { 10, 11, 12, 30, 31, 32, 20, 21, 22, 40, 41, 42 }, answer.Body[44..]);
        var json = await host.GetAsync(Path);
        Assert.Equal("[[[10,11,12],[30,31,32]],[[20,21,22],[40,41,42]]]", json.Value.GetRawText());
        Assert.Equal(3, json.Json.GetProperty("Rank").GetInt32());
    }

    [Theory]
    [InlineData(0, 255, 6)]
    [InlineData(0, 256, 1)]
    [InlineData(-1, 255, 1)]
    [InlineData(-32768, 32767, 1)]
    [InlineData(0, 32768, 8)]
    [InlineData(0, 65535, 8)]
    [InlineData(-1, 32768, 2)]
    [InlineData(0, 65536, 2)]
    [InlineData(int.MinValue, int.MaxValue, 2)]
    public async Task Pixels_travel_in_the_smallest_type_that_holds_them(int minimum, int maximum, int expected)
    {
        // The extremes sit in different places, so that both the vectorised part and the rest must find them.
        for (var place = 0; place < 37; place += 9)
        {
            var pixels = new int[37];
            pixels[place] = minimum;
            pixels[36 - place] = place == 18 ? minimum : maximum;
            pixels[1] = maximum;
            await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<int>(pixels, 37, 1) });
            var answer = await host.GetAsync(Path, ImageBytes);
            Assert.Equal(expected, Header(answer.Body)[6]);
            var size = expected switch { 6 => 1, 1 or 8 => 2, _ => 4 };
            Assert.Equal(pixels, Numbers(answer.Body, size, bytes => expected switch
            {
                6 => bytes[0],
                1 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                8 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
                _ => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            }));
        }
    }

    [Theory]
    [InlineData(1001, 703, 1)]
    [InlineData(331, 257, 3)]
    [InlineData(3, 200_000, 1)]
    [InlineData(200_000, 3, 1)]
    [InlineData(1, 1, 1)]
    public async Task An_image_of_many_blocks_arrives_whole_in_both_forms(int width, int height, int planes)
    {
        var pixels = new ushort[width * height * planes];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (ushort)(i * 7919);
        pixels[0] = 65535;
        await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<ushort>(pixels, width, height, planes) });
        var expected = new int[pixels.Length];
        for (var x = 0; x < width; x++)
        {
            for (var y = 0; y < height; y++)
            {
                for (var p = 0; p < planes; p++)
                    expected[(((x * height) + y) * planes) + p] = pixels[(((y * width) + x) * planes) + p];
            }
        }

        var binary = await host.GetAsync(Path, ImageBytes);
        Assert.Equal(expected, Numbers(binary.Body, 2, b => BinaryPrimitives.ReadUInt16LittleEndian(b)));

        var json = await host.GetAsync(Path);
        Assert.Equal(width, json.Value.GetArrayLength());
        Assert.Equal(height, json.Value[0].GetArrayLength());
        var text = json.Value.GetRawText();
        Assert.Equal(expected, text.Split(['[', ']', ','], StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_json_image_has_type_and_rank_before_the_value()
    {
        await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<short>([1, -2, 3, 4, 5, 6], 3, 2) });
        foreach (var accept in (string?[])[null, "application/json", "*/*"])
        {
            var answer = await host.GetAsync(Path + "?ClientTransactionID=5", accept);
            Assert.Equal("application/json; charset=utf-8", answer.ContentType);
            Assert.StartsWith("""{"Type":2,"Rank":2,"Value":[[1,4],[-2,5],[3,6]],"ClientTransactionID":5,"ServerTransactionID":""", answer.Text, StringComparison.Ordinal);
            Assert.EndsWith(""","ErrorNumber":0,"ErrorMessage":""}""", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("application/imagebytes")]
    [InlineData("application/json, application/imagebytes")]
    [InlineData("application/json;q=0.5,APPLICATION/ImageBytes;q=0.9")]
    public async Task An_error_has_the_form_that_was_asked_for(string accept)
    {
        await using var host = await RunningHost.StartAsync(new TestCamera());
        var answer = await host.GetAsync(Path + "?ClientTransactionID=9", accept);
        Assert.Equal("application/imagebytes", answer.ContentType);
        Assert.Equal([1, 0x40B, 9, 1, 44, 0, 0, 0, 0, 0, 0], Header(answer.Body));
        Assert.Equal("There is no image yet; take one with StartExposure – ×.", Encoding.UTF8.GetString(answer.Body.AsSpan(44)));
    }

    [Fact]
    public async Task An_image_the_standard_cannot_carry_is_an_error_not_a_wrong_image()
    {
        var camera = new TestCamera { Image = () => ImageArray.CopyOf<float>([1.5f, float.NaN], 1, 2) };
        await using var host = await RunningHost.StartAsync(camera);
        Assert.Equal(0x500, Header((await host.GetAsync(Path, ImageBytes)).Body)[1]);
        Assert.Contains("not a number", (await host.GetAsync(Path)).Message, StringComparison.Ordinal);
        camera.Image = () => ImageArray.CopyOf<double>([double.PositiveInfinity], 1, 1);
        Assert.Contains("infinite", (await host.GetAsync(Path)).Message, StringComparison.Ordinal);
        camera.Image = () => ImageArray.CopyOf<uint>([uint.MaxValue], 1, 1);
        Assert.Contains("4294967295", (await host.GetAsync(Path)).Message, StringComparison.Ordinal);
        camera.Image = () => ImageArray.CopyOf<long>([long.MinValue, 5], 1, 2);
        Assert.Contains("-9223372036854775808", (await host.GetAsync(Path)).Message, StringComparison.Ordinal);
        camera.Image = () => ImageArray.CopyOf<ulong>([ulong.MaxValue, 5], 1, 2);
        Assert.Contains("18446744073709551615", (await host.GetAsync(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Floating_point_images_travel_as_they_are_and_are_called_double()
    {
        var camera = new TestCamera { Image = () => ImageArray.CopyOf<float>([1.5f, -2, 3, 1e30f, 5, 0.1f], 3, 2) };
        await using var host = await RunningHost.StartAsync(camera);
        var answer = await host.GetAsync(Path, ImageBytes);
        Assert.Equal([3, 4], Header(answer.Body)[5..7]);
        Assert.Equal([1.5f, 1e30f, -2, 5, 3, 0.1f], Enumerable.Range(0, 6).Select(i => BinaryPrimitives.ReadSingleLittleEndian(answer.Body.AsSpan(44 + (4 * i)))));
        var json = await host.GetAsync(Path);
        Assert.Equal(3, json.Json.GetProperty("Type").GetInt32());
        Assert.Equal("[[1.5,1E+30],[-2,5],[3,0.1]]", json.Value.GetRawText());

        camera.Image = () => ImageArray.CopyOf<double>([0.1, Math.PI], 2, 1);
        answer = await host.GetAsync(Path, ImageBytes);
        Assert.Equal([3, 3], Header(answer.Body)[5..7]);
        Assert.Equal([0.1, Math.PI], Enumerable.Range(0, 2).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(answer.Body.AsSpan(44 + (8 * i)))));
        Assert.Equal("[[0.1],[3.141592653589793]]", (await host.GetAsync(Path)).Value.GetRawText());
    }

    [Fact]
    public async Task Whole_numbers_of_every_type_arrive_in_both_forms()
    {
        // Odd shapes; values that fit 8, 16 and 32 bits; with and without sign; one plane and three.
        var random = new Random(11);
        var camera = new TestCamera();
        await using var host = await RunningHost.StartAsync(camera);
        foreach (var (low, high, types) in new (long Low, long High, Type[] Types)[]
        {
            (0, 255, [typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)]),
            (0, 30_000, [typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)]),
            (-30_000, 30_000, [typeof(short), typeof(int), typeof(long)]),
            (0, 65_535, [typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)]),
            (int.MinValue, int.MaxValue, [typeof(int), typeof(long)]),
            (0, int.MaxValue, [typeof(int), typeof(uint), typeof(long), typeof(ulong)]),
        })
        {
            foreach (var type in types)
            {
                foreach (var (width, height, planes) in new[] { (1, 1, 1), (1, 77, 1), (131, 1, 1), (67, 129, 1), (300, 70, 1), (1, 40, 3), (91, 35, 3) })
                {
                    var pixels = new long[width * height * planes];
                    for (var i = 0; i < pixels.Length; i++)
                        pixels[i] = random.NextInt64(low, high + 1);
                    (pixels[0], pixels[^1]) = (low, high);
                    camera.Image = () => ImageOf(type, pixels, width, height, planes);
                    var expected = new long[pixels.Length];
                    for (var i = 0; i < pixels.Length; i++)
                    {
                        var (pixel, plane) = (i / planes, i % planes);
                        expected[((((pixel % width) * height) + (pixel / width)) * planes) + plane] = pixels[i];
                    }

                    var answer = await host.GetAsync(Path, ImageBytes);
                    var sent = Header(answer.Body)[6];
                    var size = sent switch { 6 => 1, 1 or 8 => 2, 2 => 4, _ => throw new InvalidOperationException($"type {sent}") };
                    var smallest = pixels.Min() >= 0 && pixels.Max() <= 255 ? 1
                        : (pixels.Min() >= short.MinValue && pixels.Max() <= short.MaxValue) || (pixels.Min() >= 0 && pixels.Max() <= ushort.MaxValue) ? 2
                        : 4;
                    Assert.Equal(smallest, size);
                    Assert.Equal(expected, WholeNumbers(answer.Body, sent, size));
                    var text = (await host.GetAsync(Path)).Value.GetRawText();
                    Assert.Equal(expected, text.Split(['[', ']', ','], StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, CultureInfo.InvariantCulture)));
                }
            }
        }
    }

    [Fact]
    public async Task The_image_is_given_back_once_it_is_sent()
    {
        var image = ImageArray.CopyOf<byte>([1], 1, 1);
        await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => image });
        await host.GetAsync(Path, ImageBytes);
        Assert.Throws<ObjectDisposedException>(() => image.Bytes);
    }

    private static ImageArray ImageOf(Type type, long[] pixels, int width, int height, int planes) =>
        type == typeof(byte) ? ImageArray.CopyOf<byte>([.. pixels.Select(p => (byte)p)], width, height, planes)
        : type == typeof(short) ? ImageArray.CopyOf<short>([.. pixels.Select(p => (short)p)], width, height, planes)
        : type == typeof(ushort) ? ImageArray.CopyOf<ushort>([.. pixels.Select(p => (ushort)p)], width, height, planes)
        : type == typeof(int) ? ImageArray.CopyOf<int>([.. pixels.Select(p => (int)p)], width, height, planes)
        : type == typeof(uint) ? ImageArray.CopyOf<uint>([.. pixels.Select(p => (uint)p)], width, height, planes)
        : type == typeof(ulong) ? ImageArray.CopyOf<ulong>([.. pixels.Select(p => (ulong)p)], width, height, planes)
        : ImageArray.CopyOf<long>(pixels, width, height, planes);

    private static IEnumerable<long> WholeNumbers(byte[] body, int type, int size) => Enumerable.Range(0, (body.Length - 44) / size).Select(i => (long)(type switch
    {
        6 => body[44 + i],
        1 => BinaryPrimitives.ReadInt16LittleEndian(body.AsSpan(44 + (2 * i))),
        8 => BinaryPrimitives.ReadUInt16LittleEndian(body.AsSpan(44 + (2 * i))),
        _ => BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(44 + (4 * i))),
    }));

    private static int[] Header(byte[] body) =>
        [.. Enumerable.Range(0, 11).Select(i => BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(i * 4)))];

    private static int[] Numbers(byte[] body, int size, ReadNumber read)
    {
        var numbers = new int[(body.Length - 44) / size];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = read(body.AsSpan(44 + (i * size), size));
        return numbers;
    }

    private delegate int ReadNumber(ReadOnlySpan<byte> bytes);
}
