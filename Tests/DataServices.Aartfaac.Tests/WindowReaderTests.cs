using System.Buffers.Binary;
using System.Text;

namespace DataServices.Aartfaac.Tests;

public class WindowReaderTests
{
    private const string Stamp = "2026-03-14T23:59:50.000001";

    [Fact]
    public async Task The_emulators_window_is_read_column_by_column()
    {
        using var window = (await Read(EmulatorWindow.Make(48, 32, "6000000", Stamp)))!.Value.Window!;
        Assert.Equal([0f, 48f, 96f], window.Pixels[..3].ToArray());
        Assert.Equal(1, window.At(1, 0));
        Assert.Equal(48, window.At(0, 1));
        Assert.Equal((48, 32, "6000000"), (window.Width, window.Height, window.RestFrequency));
        Assert.Equal("2026-03-14T23:59:50.000001Z", ObservationStamp.Format(window.Stamp));
        Assert.Equal(Enumerable.Range(0, 48 * 32).Select(i => (float)i), window.ToRows());
    }

    [Fact]
    public async Task Row_major_senders_are_read_as_they_send()
    {
        var bytes = EmulatorWindow.Make(4, 3, "1", Stamp);
        using var window = (await new WindowReader(new MemoryStream(bytes), "test", order: PixelOrder.RowMajor).ReadAsync())!.Value.Window!;
        Assert.Equal(window.Pixels[4], window.At(0, 1));
        Assert.Equal(window.Pixels.ToArray(), window.ToRows());
    }

    [Fact]
    public async Task Bytes_in_pieces_give_the_same_windows()
    {
        byte[] bytes = [.. EmulatorWindow.Make(48, 32, "1", Stamp), .. EmulatorWindow.Make(20, 70, "2", Stamp)];
        var reader = new WindowReader(new PieceStream(bytes), "pieces");
        using var first = (await reader.ReadAsync())!.Value.Window!;
        using var second = (await reader.ReadAsync())!.Value.Window!;
        using var whole = (await Read(bytes))!.Value.Window!;
        Assert.Equal(whole.Crc32(), first.Crc32());
        Assert.Equal(("2", 20, 70), (second.RestFrequency, second.Width, second.Height));
        Assert.Null(await reader.ReadAsync());
    }

    [Fact]
    public async Task Damaged_streams_end_in_windows_rejections_or_a_sentence_and_windows_can_be_stored()
    {
        byte[] whole = [.. EmulatorWindow.Make(12, 7, "6000000", Stamp), .. EmulatorWindow.Make(12, 7, "6500000", Stamp)];
        var folder = Directory.CreateTempSubdirectory("aartfaac").FullName;
        var random = new Random(4);
        var (windows, rejections, errors) = (0, 0, 0);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = whole[..(random.Next(8) == 0 ? random.Next(whole.Length) : whole.Length)];
            for (var n = random.Next(6); n > 0 && bytes.Length > 0; n--)
                bytes[random.Next(random.Next(3) == 0 ? Math.Min(16, bytes.Length) : Math.Min(1400, bytes.Length))] = (byte)random.Next(256);
            var reader = new WindowReader(new MemoryStream(bytes), "test", new WindowLimits(MaxPixelBytes: 1 << 20));
            try
            {
                while (await reader.ReadAsync() is { } read)
                {
                    using var window = read.Window;
                    windows += window is null ? 0 : 1;
                    rejections += window is null ? 1 : 0;
                    if (window is not null && i % 40 == 0)
                        AartfaacFits.WriteImage(Path.Combine(folder, $"{i}-{windows}.fits"), window);
                }
            }
            catch (AartfaacProtocolException error)
            {
                Assert.StartsWith("test: ", error.Message, StringComparison.Ordinal);
                errors++;
            }
        }

        Assert.True(windows > 100 && rejections > 100 && errors > 100, $"{windows} windows, {rejections} rejections, {errors} errors");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Pixels_stay_where_the_socket_put_them()
    {
        var stream = new WatchedStream(EmulatorWindow.Make(256, 256, "1", Stamp));
        var reader = new WindowReader(stream, "test");
        using var window = (await reader.ReadAsync())!.Value.Window!;
        // The memory the socket wrote the last bytes into is the window's own: what is changed there changes in the window.
        Assert.Equal(256 * 256 * sizeof(float), stream.Largest.Length);
        stream.Largest.Span.Fill(0xff);
        Assert.True(float.IsNaN(window.Pixels[0]) && float.IsNaN(window.Pixels[^1]));
    }

    [Fact]
    public async Task A_window_costs_no_memory_but_that_of_its_header_once_the_pool_is_warm()
    {
        var bytes = EmulatorWindow.Make(512, 512, "1", Stamp);
        var stream = new MemoryStream(bytes);
        async Task ReadAll(int count)
        {
            for (var i = 0; i < count; i++)
            {
                stream.Position = 0;
                using var window = (await new WindowReader(stream, "test").ReadAsync())!.Value.Window!;
            }
        }

        await ReadAll(3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await ReadAll(100);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 32 << 10);
    }

    [Fact]
    public async Task A_wrong_constant_ends_the_stream()
    {
        var error = await Assert.ThrowsAsync<AartfaacProtocolException>(() => Read(EmulatorWindow.Make(4, 4, "1", Stamp, Corruption.Magic)).AsTask());
        Assert.Contains("test: window 1 starts with", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_big_endian_sender_is_named_as_such()
    {
        var bytes = EmulatorWindow.Make(4, 4, "1", Stamp);
        bytes.AsSpan(0, 8).Reverse();
        var error = await Assert.ThrowsAsync<AartfaacProtocolException>(() => Read(bytes).AsTask());
        Assert.Contains("big-endian", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300, "prologue")]
    [InlineData(700, "header")]
    [InlineData(512 + 2880 + 20, "image")]
    public async Task A_stream_that_ends_inside_a_window_is_an_error(int length, string part)
    {
        var bytes = EmulatorWindow.Make(4, 4, "1", Stamp)[..length];
        var error = await Assert.ThrowsAsync<AartfaacProtocolException>(() => Read(bytes).AsTask());
        Assert.Contains("connection closed inside window 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, uint.MaxValue)]
    [InlineData(8, 4294967280u)]
    [InlineData(8, 80_000_000u)]
    [InlineData(8, 2881u)]
    [InlineData(8, 0u)]
    [InlineData(12, uint.MaxValue)]
    [InlineData(12, 4294967292u)]
    [InlineData(12, 62u)]
    public async Task Lengths_beyond_reason_are_refused_before_memory_is_taken(int position, uint length)
    {
        var bytes = EmulatorWindow.Make(4, 4, "1", Stamp);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(position), length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await Assert.ThrowsAsync<AartfaacProtocolException>(() => Read(bytes).AsTask());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public async Task A_window_that_cannot_be_taken_does_not_end_the_stream()
    {
        byte[] bytes =
        [
            .. EmulatorWindow.Make(4, 4, "1", Stamp, Corruption.Size), .. EmulatorWindow.Make(4, 4, "1", stamp: null),
            .. EmulatorWindow.Make(4, 4, "1", Stamp, Corruption.Date), .. EmulatorWindow.Make(4, 4, "7", Stamp),
        ];
        var reader = new WindowReader(new MemoryStream(bytes), "test");
        Assert.Equal(WindowRejection.SizeMismatch, (await reader.ReadAsync())!.Value.Rejection);
        Assert.Equal(WindowRejection.NoStamp, (await reader.ReadAsync())!.Value.Rejection);
        Assert.Equal(WindowRejection.BadStamp, (await reader.ReadAsync())!.Value.Rejection);
        using var window = (await reader.ReadAsync())!.Value.Window!;
        Assert.Equal("7", window.RestFrequency);
    }

    [Fact]
    public async Task Further_axes_of_length_one_are_ignored()
    {
        var bytes = EmulatorWindow.Make(4, 4, "1", Stamp);
        var text = Encoding.ASCII.GetString(bytes, 512, 2880);
        var end = text.IndexOf("END  ", StringComparison.Ordinal);
        var axes = "NAXIS3  =                    1".PadRight(80) + "NAXIS4  =                    1".PadRight(80) + "END";
        text = text.Replace("NAXIS   =                    2", "NAXIS   =                    4", StringComparison.Ordinal).Remove(end, axes.Length).Insert(end, axes);
        Encoding.ASCII.GetBytes(text).CopyTo(bytes, 512);
        using var window = (await Read(bytes))!.Value.Window!;
        Assert.Equal((4, 4), (window.Width, window.Height));
    }

    [Theory]
    [InlineData("2026-03-14T23:59:50", "2026-03-14T23:59:50Z")]
    [InlineData("2026-03-14T23:59:50.125+02:00", "2026-03-14T21:59:50.125Z")]
    [InlineData("2026-03-14T23:59:50.123456789Z", "2026-03-14T23:59:50.1234567Z")]
    [InlineData("2026-03-14 23:59:50", null)]
    [InlineData("2026-03-14T23:59:50.", null)]
    [InlineData("2026-03-14T23:59:50.0123456789", null)]
    [InlineData("2026-02-30T00:00:00", null)]
    [InlineData("2026-03-14T23:59:50+25:00", null)]
    [InlineData("not a date at all.", null)]
    public void Stamps_are_read_strictly(string text, string? expected) =>
        Assert.Equal(expected, ObservationStamp.TryParse(text, out var stamp) ? ObservationStamp.Format(stamp) : null);

    [Fact]
    public async Task Pixels_cannot_be_read_after_the_memory_was_given_back()
    {
        var window = (await Read(EmulatorWindow.Make(4, 4, "1", Stamp)))!.Value.Window!;
        window.Dispose();
        Assert.Throws<ObjectDisposedException>(() => window.At(0, 0));
    }

    [GoldenFact]
    public async Task Captured_streams_agree_with_the_reference()
    {
        foreach (var stream in Golden.Values("aartfaac.json").GetProperty("streams").EnumerateObject())
        {
            await using var file = File.OpenRead(Golden.Data($"aartfaac_{stream.Name}.bin"));
            var reader = new WindowReader(file, stream.Name);
            foreach (var expected in stream.Value.EnumerateArray())
            {
                using var window = (await reader.ReadAsync())!.Value.Window!;
                Assert.Equal(expected.GetProperty("crc32_f32le").GetUInt32(), window.Crc32());
                Assert.Equal(expected.GetProperty("sum").GetDouble(), window.Sum());
                Assert.Equal(expected.GetProperty("restfreq").GetString(), window.RestFrequency);
                Assert.Equal(expected.GetProperty("m10").GetDouble(), window.At(1, 0));
                Assert.True(ObservationStamp.TryParse(expected.GetProperty("timestamp").GetString()!, out var stamp));
                Assert.Equal(stamp, window.Stamp);
            }

            Assert.Null(await reader.ReadAsync());
        }
    }

    private static ValueTask<WindowRead?> Read(byte[] bytes) => new WindowReader(new MemoryStream(bytes), "test").ReadAsync();

    /// <summary>Remembers the largest memory that was asked to be filled.</summary>
    private sealed class WatchedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public Memory<byte> Largest { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Length > Largest.Length)
                Largest = buffer;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
