namespace Alpaca.Contract.Tests;

public sealed class ContractTests
{
    [Fact]
    public void The_image_header_is_eleven_little_endian_numbers()
    {
        var header = new ImageBytesHeader(0x401, 4_000_000_000, 2, 44, ImageElementType.Int32, ImageElementType.UInt16, 3, 640, 480, 3);
        var bytes = new byte[ImageBytesHeader.Size];
        header.Write(bytes);
        Assert.Equal("01000000" + "01040000" + "00286BEE" + "02000000" + "2C000000" + "02000000" + "08000000" + "03000000" + "80020000" + "E0010000" + "03000000", Convert.ToHexString(bytes));
        Assert.Equal(header, ImageBytesHeader.Read(bytes));
        Assert.Equal(640L * 480 * 3, header.ElementCount);
    }

    [Fact]
    public void An_image_header_that_is_none_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => ImageBytesHeader.Read(new byte[43]));
        var other = new byte[44];
        other[0] = 2;
        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => ImageBytesHeader.Read(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_stay_until_the_last_holder_lets_go()
    {
        var first = ImageArray.CopyOf<ushort>([1, 2, 3, 4, 5, 6], 3, 2);
        var second = first.Share();
        first.Dispose();
        first.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.Bytes);
        Assert.Equal([1, 2, 3, 4, 5, 6], second.Pixels<ushort>().ToArray());
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(() => second.Share());
    }

    [Fact]
    public void An_image_knows_its_shape_and_refuses_another()
    {
        using var image = ImageArray.Create<int, int>(2, 2, 3, 7, static (pixels, value) => pixels.Fill(value));
        Assert.Equal((3, 12, ImageElementType.Int32), (image.Rank, image.ElementCount, image.ElementType));
        Assert.All(image.Pixels<int>().ToArray(), p => Assert.Equal(7, p));
        Assert.Throws<InvalidOperationException>(() => image.Pixels<uint>().Length);
        Assert.Throws<ArgumentException>(() => ImageArray.CopyOf<byte>([1, 2, 3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageArray.CopyOf<byte>([1, 2], 1, 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageArray.CopyOf<byte>([], 0, 1));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(90.1)]
    [InlineData(double.NaN)]
    public void A_value_out_of_range_is_named_with_its_range(double altitude)
    {
        var error = Assert.Throws<AlpacaException>(() => AlpacaException.ThrowIfOutOfRange(altitude, 0, 90));
        Assert.Equal(AlpacaError.InvalidValue, error.Error);
        Assert.StartsWith("altitude = ", error.Message, StringComparison.Ordinal);
        Assert.Contains("0 to 90", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_ends_of_a_range_belong_to_it()
    {
        AlpacaException.ThrowIfOutOfRange(0, 0, 90);
        AlpacaException.ThrowIfOutOfRange(90, 0, 90);
    }

    [Fact]
    public async Task A_member_a_device_lacks_names_itself()
    {
        IFocuser focuser = new BareFocuser();
        var error = await Assert.ThrowsAsync<AlpacaException>(async () => await focuser.StepSizeAsync());
        Assert.Equal(0x400, error.Number);
        Assert.StartsWith("StepSize ", error.Message, StringComparison.Ordinal);
        Assert.Equal(0x40C, Assert.Throws<AlpacaException>(() => focuser.ActionAsync("x", "").AsTask().GetAwaiter().GetResult()).Number);
    }

    [Fact]
    public async Task Device_state_leaves_out_what_a_device_lacks_or_cannot_read_now()
    {
        IFocuser focuser = new BareFocuser { Temperature = () => throw AlpacaException.ValueNotSet("No reading yet.") };
        Assert.Equal([new StateValue("IsMoving", true)], await focuser.DeviceStateAsync());
        focuser = new BareFocuser { Temperature = () => new(-5.5) };
        Assert.Equal([new StateValue("IsMoving", true), new StateValue("Temperature", -5.5)], await focuser.DeviceStateAsync());
        Assert.Equal(4, await focuser.InterfaceVersionAsync());
    }

    [Fact]
    public async Task Device_state_passes_on_that_the_device_is_not_connected_and_what_nobody_expected()
    {
        IFocuser focuser = new BareFocuser { Temperature = () => throw AlpacaException.NotConnected("The focuser") };
        Assert.Equal(0x407, (await Assert.ThrowsAsync<AlpacaException>(async () => await focuser.DeviceStateAsync())).Number);
        focuser = new BareFocuser { Temperature = () => throw new FormatException() };
        await Assert.ThrowsAsync<FormatException>(async () => await focuser.DeviceStateAsync());
    }

    /// <summary>A focuser with the members that have no default, and a thermometer if asked for.</summary>
    private sealed class BareFocuser : IFocuser
    {
        public Func<ValueTask<double>>? Temperature { get; init; }

        public ValueTask ConnectAsync(CancellationToken cancel = default) => default;

        public ValueTask DisconnectAsync(CancellationToken cancel = default) => default;

        public ValueTask<bool> ConnectingAsync(CancellationToken cancel = default) => new(false);

        public ValueTask<bool> ConnectedAsync(CancellationToken cancel = default) => new(true);

        public ValueTask SetConnectedAsync(bool connected, CancellationToken cancel = default) => default;

        public ValueTask<string> DescriptionAsync(CancellationToken cancel = default) => new("");

        public ValueTask<string> DriverInfoAsync(CancellationToken cancel = default) => new("");

        public ValueTask<string> DriverVersionAsync(CancellationToken cancel = default) => new("1.0");

        public ValueTask<string> NameAsync(CancellationToken cancel = default) => new("");

        public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default) => new(false);

        public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default) => new(true);

        public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default) => new(1);

        public ValueTask<int> MaxStepAsync(CancellationToken cancel = default) => new(1);

        public ValueTask<double> TemperatureAsync(CancellationToken cancel = default) =>
            Temperature is { } read ? read() : throw AlpacaException.NotImplemented();

        public ValueTask MoveAsync(int position, CancellationToken cancel = default) => default;
    }
}
