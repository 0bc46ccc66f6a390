using System.Text;
using Alpaca.Contract;
using Alpaca.Hosting.Tests.Devices;

namespace Alpaca.Hosting.Tests.Transport;

/// <summary>The server writes to its sockets itself: what clients do to connections must not matter.</summary>
public sealed class DirectSendingTests
{
    private const string Image = "/api/v1/camera/0/imagearray";
    private const string Position = "/api/v1/focuser/0/position";
    private const string ImageBytes = "Accept: application/imagebytes\r\n";

    /// <summary>Rows enough that no operating system takes the whole image into its buffers.</summary>
    private const int Width = 8000;
    private const int Height = 4001;

    [Fact]
    public async Task Requests_sent_at_once_are_answered_in_order_images_among_them()
    {
        await using var host = await RunningHost.StartAsync(new TestFocuser(), new TestCamera { Image = () => ImageArray.CopyOf<byte>([1, 2, 3, 4, 5, 6], 3, 2) });
        using var client = new RawConnection(host.Address);
        var requests = new List<byte>();
        for (var i = 0; i < 40; i++)
        {
            requests.AddRange(RawConnection.Get($"{Position}?ClientTransactionID={i}"));
            requests.AddRange(RawConnection.Get($"{Image}?ClientTransactionID={i}", ImageBytes));
        }

        client.Send(requests.ToArray());
        for (var i = 0; i < 40; i++)
        {
            Assert.Contains($"\"ClientTransactionID\":{i},", Encoding.UTF8.GetString(client.Receive()), StringComparison.Ordinal);
            var image = client.Receive();
            Assert.Equal((44 + 6, i), (image.Length, BitConverter.ToInt32(image, 8)));
        }
    }

    [Fact]
    public async Task A_slow_client_with_small_buffers_gets_every_byte()
    {
        var pixels = Pixels();
        await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<ushort>(pixels, Width, Height) });
        using var client = new RawConnection(host.Address, receiveBuffer: 4096);
        client.Send(RawConnection.Get(Image, ImageBytes));
        AssertImage(pixels, client.Receive());
        client.Send(RawConnection.Get(Image, ImageBytes));
        AssertImage(pixels, client.Receive());
    }

    [Fact]
    public async Task The_bytes_before_a_closed_connection_arrive()
    {
        var pixels = Pixels();
        await using var host = await RunningHost.StartAsync(new TestCamera { Image = () => ImageArray.CopyOf<ushort>(pixels, Width, Height) });
        using var client = new RawConnection(host.Address, receiveBuffer: 4096);
        client.Send(RawConnection.Get(Image, ImageBytes + "Connection: close\r\n"));
        AssertImage(pixels, client.Receive());
        Assert.Equal(0, client.DrainToEnd());
    }

    [Fact]
    public async Task Clients_that_vanish_in_the_middle_of_an_image_leave_nothing_behind()
    {
        var images = new List<ImageArray>();
        var camera = new TestCamera
        {
            Image = () =>
            {
                var image = ImageArray.CopyOf<byte>(new byte[Width * Height], Width, Height);
                lock (images)
                    images.Add(image);
                return image;
            },
        };
        await using var host = await RunningHost.StartAsync(new AlpacaHostOptions { ImagesInFlight = 1 }, camera);
        for (var i = 0; i < 8; i++)
        {
            using var client = new RawConnection(host.Address, receiveBuffer: 4096);
            client.Send(RawConnection.Get(Image, ImageBytes));
            client.Wait(10_000);
            client.Vanish();
        }

        // There is one place: if one of them still held it, this client would get an error instead of its image.
        using var last = new RawConnection(host.Address);
        last.Send(RawConnection.Get(Image, ImageBytes));
        Assert.Equal(44 + (Width * Height), last.Skip());
        Assert.Equal(9, images.Count);
        Assert.All(images.SkipLast(1), image => Assert.Throws<ObjectDisposedException>(() => image.Bytes));
    }

    [Fact]
    public async Task Clients_in_excess_wait_for_their_image_or_are_told_to_come_back()
    {
        var options = new AlpacaHostOptions { ImagesInFlight = 1, ImageWait = TimeSpan.FromMilliseconds(20) };
        var asked = 0;
        var camera = new TestCamera
        {
            Image = () =>
            {
                asked++;
                return ImageArray.CopyOf<byte>(new byte[Width * Height], Width, Height);
            },
        };
        await using var host = await RunningHost.StartAsync(options, camera);
        using var slow = new RawConnection(host.Address, receiveBuffer: 4096);
        slow.Send(RawConnection.Get(Image, ImageBytes));
        slow.Wait(10_000);

        var answer = await host.GetAsync(Image);
        Assert.Equal(0x500, answer.Error);
        Assert.Contains("already sending 1 images", answer.Message, StringComparison.Ordinal);
        Assert.Equal(1, asked);
        var metrics = (await host.GetAsync("/metrics")).Text;
        Assert.Contains("alpaca_images_in_flight 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("alpaca_images_refused_total 1\n", metrics, StringComparison.Ordinal);
        Assert.Equal(0, (await host.GetAsync("/api/v1/camera/0/imageready")).Error);

        slow.Vanish();
        await using var patient = await RunningHost.StartAsync(options with { ImageWait = TimeSpan.FromSeconds(30) }, camera);
        using var first = new RawConnection(patient.Address, receiveBuffer: 4096);
        first.Send(RawConnection.Get(Image, ImageBytes));
        first.Wait(10_000);
        var second = patient.GetAsync(Image, "application/imagebytes");
        first.Wait(44 + (Width * Height) - 10_000);
        Assert.Equal(44 + (Width * Height), (await second).Body.Length);
    }

    [Fact]
    public async Task A_client_that_never_takes_its_image_is_cut_off()
    {
        // Long enough for a busy machine to send one pixel, and no machine sends what the other client never takes.
        var options = new AlpacaHostOptions { ImagesInFlight = 1, ImageWait = TimeSpan.FromMinutes(1), ImageTimeout = TimeSpan.FromSeconds(3) };
        var asked = new TaskCompletionSource();
        var camera = new TestCamera
        {
            Image = () =>
            {
                asked.TrySetResult();
                return ImageArray.CopyOf<byte>(new byte[Width * Height], Width, Height);
            },
        };
        await using var host = await RunningHost.StartAsync(options, camera);
        using var stuck = new RawConnection(host.Address, receiveBuffer: 4096);
        stuck.Send(RawConnection.Get(Image, ImageBytes));
        await asked.Task;

        // Gets its place only when the other has lost it.
        camera.Image = () => ImageArray.CopyOf<byte>([7], 1, 1);
        Assert.Equal(45, (await host.GetAsync(Image, "application/imagebytes")).Body.Length);
        Assert.InRange(stuck.DrainToEnd(), 0, (Width * Height) - 1);
    }

    private static ushort[] Pixels()
    {
        var pixels = new ushort[Width * Height];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (ushort)(i * 40503L >> 4);
        pixels[0] = 65535;
        return pixels;
    }

    private static void AssertImage(ushort[] pixels, byte[] body)
    {
        Assert.Equal(44 + (2 * pixels.Length), body.Length);
        for (var x = 0; x < Width; x++)
        {
            for (var y = 0; y < Height; y++)
            {
                if (BitConverter.ToUInt16(body, 44 + (2 * ((x * Height) + y))) != pixels[(y * Width) + x])
                    Assert.Fail($"the pixel at {x}, {y} is wrong");
            }
        }
    }
}
