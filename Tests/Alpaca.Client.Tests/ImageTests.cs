using System.Runtime.InteropServices;
using Alpaca.Contract;

namespace Alpaca.Client.Tests;

public sealed class ImageTests
{
    private static readonly ImageElementType[] Types = [.. Enum.GetValues<ImageElementType>().Where(t => t != ImageElementType.Unknown)];

    [Fact]
    public async Task Rows_of_the_image_are_made_from_columns_of_the_wire()
    {
        // Columns 1,2 - 3,4 - 5,6: three wide, two high.
        byte[] body = [.. ImageBody.Header(1, 0, 1, 1, 44, 2, 8, 2, 3, 2, 0), 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 0xFF, 0xFF];
        using var image = await ReadAsync(ImageBody.Reply(body));
        Assert.Equal((3, 2, 1, 2, ImageElementType.UInt16), (image.Width, image.Height, image.Planes, image.Rank, image.ElementType));
        Assert.Equal<ushort>([1, 3, 5, 2, 4, 65535], image.Pixels<ushort>().ToArray());
    }

    [Fact]
    public async Task Colours_stay_side_by_side()
    {
        byte[] body = [.. ImageBody.Header(1, 0, 1, 1, 44, 2, 6, 3, 2, 2, 3), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        using var image = await ReadAsync(ImageBody.Reply(body));
        Assert.Equal((2, 2, 3), (image.Width, image.Height, image.Planes));
        Assert.Equal<byte>([1, 2, 3, 7, 8, 9, 4, 5, 6, 10, 11, 12], image.Pixels<byte>().ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_shape_and_type_arrives_as_it_was_sent(int seed)
    {
        var random = new Random(seed);
        foreach (var type in Types)
        {
            for (var i = 0; i < 4; i++)
            {
                var (width, height, planes) = (random.Next(1, 200), random.Next(1, 200), i % 2 == 0 ? 1 : 3);
                var size = type.SizeInBytes();
                var expected = new byte[width * height * planes * size];
                random.NextBytes(expected);
                var body = ImageBody.Image(width, height, planes, type, (x, y, p) => expected.AsSpan(((((y * width) + x) * planes) + p) * size, size).ToArray(), gap: i * 10);
                using var image = await ReadAsync(i == 3 ? ImageBody.Endless(body) : ImageBody.Reply(body));
                Assert.Equal((width, height, planes, type), (image.Width, image.Height, image.Planes, image.ElementType));
                Assert.True(image.Bytes.Span.SequenceEqual(expected), $"{type} {width} x {height} x {planes}");
            }
        }
    }

    [Fact]
    public async Task A_refusal_in_binary_form_is_the_devices_error()
    {
        var error = await Assert.ThrowsAsync<AlpacaException>(() => ReadAsync(ImageBody.Reply(ImageBody.Error(0x40B, "Noch kein Bild: 3 °C zu kalt."))));
        Assert.Equal((0x40B, "Noch kein Bild: 3 °C zu kalt."), (error.Number, error.Message));
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(44, true)]
    [InlineData(50, true)]
    [InlineData(55, true)]
    [InlineData(44, false)]
    [InlineData(55, false)]
    public async Task An_image_that_is_cut_short_is_a_failure_of_the_link(int kept, bool withLength)
    {
        byte[] body = [.. ImageBody.Header(1, 0, 1, 1, 44, 2, 8, 2, 3, 2, 0), .. new byte[12]];
        var answer = withLength ? ImageBody.Reply(body[..kept], 56) : ImageBody.Endless(body[..kept]);
        await using var server = new RawServer(answer, answer, answer);
        using var connection = server.Connect();
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => DeviceClients.Create<ICamera>(connection).ImageArrayAsync().AsTask());
        Assert.Equal((LinkFailure.BrokenReply, "imagearray"), (failure.Kind, failure.Member));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("version", 0, 2)]
    [InlineData("DataStart", 4, 43)]
    [InlineData("DataStart", 4, -1)]
    [InlineData("DataStart", 4, int.MaxValue)]
    [InlineData("type", 6, 0)]
    [InlineData("type", 6, 10)]
    [InlineData("type", 6, -1)]
    [InlineData("rank", 7, 1)]
    [InlineData("rank", 7, 4)]
    [InlineData("measures", 8, 0)]
    [InlineData("measures", 8, -3)]
    [InlineData("measures", 9, 0)]
    [InlineData("needs", 8, 4)]
    [InlineData("bytes allowed", 8, int.MaxValue)]
    [InlineData("bytes allowed", 9, int.MaxValue)]
    public async Task A_header_that_describes_no_image_is_refused_and_says_why(string why, int field, int value)
    {
        int[] numbers = [1, 0, 1, 1, 44, 2, 8, 2, 3, 2, 0];
        numbers[field] = value;
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => ReadAsync(ImageBody.Reply([.. ImageBody.Header(numbers), .. new byte[12]])));
        Assert.Equal(LinkFailure.InvalidReply, failure.Kind);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colour_image_has_three_planes_and_no_other_number()
    {
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(
            () => ReadAsync(ImageBody.Reply([.. ImageBody.Header(1, 0, 1, 1, 44, 2, 6, 3, 1, 1, 4), .. new byte[4]])));
        Assert.Contains("1 x 1 x 4", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_are_asked_for_in_binary_form_first()
    {
        await using var server = new RawServer(ImageBody.Reply([.. ImageBody.Header(1, 0, 1, 1, 44, 2, 6, 2, 1, 1, 0), 7]));
        using var connection = server.Connect();
        using var image = await DeviceClients.Create<ICamera>(connection).ImageArrayAsync();
        Assert.Contains("Accept: application/imagebytes, application/json", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.Equal(0, connection.Counters.MismatchedTransactions);
    }

    [Theory]
    [InlineData("[[1,2],[3,4],[5,65535]]", ImageElementType.UInt16, 3, 2, 1, new[] { 1, 3, 5, 2, 4, 65535 })]
    [InlineData("[[1,2],[3,4],[5,65536]]", ImageElementType.Int32, 3, 2, 1, new[] { 1, 3, 5, 2, 4, 65536 })]
    [InlineData("[[-1]]", ImageElementType.Int32, 1, 1, 1, new[] { -1 })]
    [InlineData("[[1.0, 2e3]]", ImageElementType.UInt16, 1, 2, 1, new[] { 1, 2000 })]
    [InlineData("[[[1,2,3],[4,5,6]],[[7,8,9],[10,11,12]]]", ImageElementType.UInt16, 2, 2, 3, new[] { 1, 2, 3, 7, 8, 9, 4, 5, 6, 10, 11, 12 })]
    public async Task A_server_that_knows_JSON_only_is_understood(string value, ImageElementType type, int width, int height, int planes, int[] expected)
    {
        using var image = await ReadAsync(RawServer.Reply($$"""{"Type":2,"Rank":2,"Value":{{value}},"ClientTransactionID":1,"ErrorNumber":0,"ErrorMessage":""}"""));
        Assert.Equal((type, width, height, planes), (image.ElementType, image.Width, image.Height, image.Planes));
        Assert.Equal(expected, type == ImageElementType.Int32 ? image.Pixels<int>().ToArray() : [.. image.Pixels<ushort>().ToArray().Select(v => (int)v)]);
    }

    [Theory]
    [InlineData("[[1,2],[3]]", LinkFailure.InvalidReply)]
    [InlineData("[1,2]", LinkFailure.InvalidReply)]
    [InlineData("[[1,[2,3,4]]]", LinkFailure.InvalidReply)]
    [InlineData("[[[2,3,4],1]]", LinkFailure.InvalidReply)]
    [InlineData("[[[1,2]]]", LinkFailure.InvalidReply)]
    [InlineData("[[[[1]]]]", LinkFailure.InvalidReply)]
    [InlineData("[[1.5]]", LinkFailure.InvalidReply)]
    [InlineData("[[99999999999]]", LinkFailure.InvalidReply)]
    [InlineData("[[\"1\"]]", LinkFailure.InvalidReply)]
    [InlineData("[]", LinkFailure.InvalidReply)]
    [InlineData("[[]]", LinkFailure.InvalidReply)]
    [InlineData("null", LinkFailure.InvalidReply)]
    [InlineData("7", LinkFailure.InvalidReply)]
    [InlineData("{\"a\":[[1]]}", LinkFailure.InvalidReply)]
    [InlineData("[[1,2],[3,4]", LinkFailure.InvalidReply)]
    [InlineData("[[1,2],[3,4]]]", LinkFailure.BrokenReply)]
    public async Task JSON_that_is_no_image_is_refused(string value, LinkFailure kind)
    {
        var answer = RawServer.Reply($$"""{"Value":{{value}},"ErrorNumber":0}""");
        await using var server = new RawServer(answer, answer, answer);
        using var connection = server.Connect();
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => DeviceClients.Create<ICamera>(connection).ImageArrayAsync().AsTask());
        Assert.Equal(kind, failure.Kind);
    }

    [Fact]
    public async Task A_JSON_image_that_is_cut_short_is_a_failure_of_the_link()
    {
        var answer = RawServer.Reply("""{"Value":[[1,2],[3""");
        await using var server = new RawServer(answer, answer, answer);
        using var connection = server.Connect();
        var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => DeviceClients.Create<ICamera>(connection).ImageArrayAsync().AsTask());
        Assert.Equal(LinkFailure.BrokenReply, failure.Kind);
    }

    [Fact]
    public async Task A_refusal_in_JSON_is_the_devices_error()
    {
        var error = await Assert.ThrowsAsync<AlpacaException>(() => ReadAsync(RawServer.Reply("""{"Value":null,"ErrorNumber":1035,"ErrorMessage":"No image."}""")));
        Assert.Equal(("No image.", AlpacaError.InvalidOperation), (error.Message, error.Error));
    }

    [Fact]
    public async Task An_image_larger_than_allowed_is_refused_in_either_form()
    {
        var options = RawServer.Quick with { MaximumImageBytes = 16 };
        await using var server = new RawServer(
            ImageBody.Reply([.. ImageBody.Header(1, 0, 1, 1, 44, 2, 8, 2, 3, 3, 0), .. new byte[18]]),
            RawServer.Reply("""{"Value":[[1,2,3,4,5]]}"""));
        using var connection = server.Connect(options);
        var camera = DeviceClients.Create<ICamera>(connection);
        for (var i = 0; i < 2; i++)
        {
            var failure = await Assert.ThrowsAsync<AlpacaLinkException>(() => camera.ImageArrayAsync().AsTask());
            Assert.Contains("the 16 bytes allowed", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_large_JSON_image_is_read_in_pieces()
    {
        var random = new Random(5);
        var pixels = new int[300, 200];
        var text = new System.Text.StringBuilder("{\"Value\":[");
        for (var x = 0; x < 300; x++)
        {
            text.Append(x == 0 ? "[" : ",[");
            for (var y = 0; y < 200; y++)
                text.Append(y == 0 ? string.Empty : ",").Append(pixels[x, y] = random.Next());
            text.Append(']');
        }

        using var image = await ReadAsync(RawServer.Reply(text.Append("],\"Rank\":2,\"Type\":2}").ToString()));
        var rows = MemoryMarshal.Cast<byte, int>(image.Bytes.Span).ToArray();
        for (var x = 0; x < 300; x++)
        {
            for (var y = 0; y < 200; y++)
                Assert.Equal(pixels[x, y], rows[(y * 300) + x]);
        }
    }

    private static async Task<ImageArray> ReadAsync(byte[] answer)
    {
        await using var server = new RawServer(answer);
        using var connection = server.Connect();
        return await DeviceClients.Create<ICamera>(connection).ImageArrayAsync();
    }
}
