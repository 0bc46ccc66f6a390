using System.Runtime.InteropServices;
using Alpaca.Devices.Links;
using Alpaca.Devices.Links.Linux;
using Emulators.Kit;

namespace Alpaca.Devices.Tests.Links;

/// <summary>The termios links on pseudo-terminals, in real time.</summary>
public sealed class SerialLinkTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(5);
    private static readonly LinkFactory s_links = new();

    [Fact]
    public void The_structures_have_the_kernels_sizes()
    {
        Assert.Equal(Termios.Size, Marshal.SizeOf<Termios>());
        Assert.Equal(Termios2.Size, Marshal.SizeOf<Termios2>());
        Assert.Equal(52, (int)Marshal.OffsetOf<Termios>(nameof(Termios.InputSpeed)));
    }

    [Fact]
    public async Task Commands_and_replies_pass_a_pseudo_terminal_byte_for_byte()
    {
        await using var port = await PtyPort.CreateAsync(new EchoEmulator(TimeProvider.System));
        await using var link = await s_links.OpenAsync(port.Name, new SerialSettings(115200), s_deadline);
        var dialogue = new Dialogue(link, s_deadline);
        for (var i = 0; i < 20; i++)
            Assert.Equal($"LINE {i}\r\n\0", await dialogue.CommandAsync($"line {i}\r\n\0#", '#'));
    }

    [Theory]
    [InlineData(9600)]
    [InlineData(230400)]
    [InlineData(74880)]
    public async Task The_line_is_set_as_asked(int baud)
    {
        await using var terminal = await PseudoTerminal.CreateAsync();
        var settings = new SerialSettings(baud) { StopBits = 2 };
        await using var link = await s_links.OpenAsync(terminal.SlavePath, settings, s_deadline);
        var descriptor = LibC.Open(terminal.SlavePath, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        try
        {
            // Exclusive use keeps everybody but root out.
            if (descriptor < 0)
                return;
            Assert.Equal(0, LibC.GetAttributes(descriptor, out var line));
            Assert.True(line.Holds(settings));
            var speed = default(Termios2);
            Assert.Equal(0, LibC.Ioctl(descriptor, LibC.TCGETS2, ref speed));
            Assert.Equal((uint)baud, speed.OutputSpeed);
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    [Fact]
    public async Task A_port_is_opened_once()
    {
        await using var terminal = await PseudoTerminal.CreateAsync();
        await using var first = await s_links.OpenAsync(terminal.SlavePath, Scene.Serial, s_deadline);
        var failure = await Assert.ThrowsAsync<LinkException>(async () => await s_links.OpenAsync(terminal.SlavePath, Scene.Serial, s_deadline));
        Assert.Equal(LinkFault.InUse, failure.Fault);
        Assert.Contains("another program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pulling_the_cable_ends_a_read_at_once()
    {
        var terminal = await PseudoTerminal.CreateAsync();
        await using var link = await s_links.OpenAsync(terminal.SlavePath, Scene.Serial, s_deadline);
        var reading = link.ReadAsync(new byte[1], Timeout.InfiniteTimeSpan).AsTask();
        await terminal.DisposeAsync();
        var failure = await Assert.ThrowsAsync<LinkException>(() => reading.WaitAsync(s_deadline));
        Assert.Equal(LinkFault.Lost, failure.Fault);
        Assert.Equal(LinkFault.Lost, (await Assert.ThrowsAsync<LinkException>(async () => await link.WriteAsync(new byte[1], s_deadline))).Fault);
    }

    [Fact]
    public async Task A_replugged_port_is_found_under_its_lasting_name()
    {
        var symlink = Path.Combine(Path.GetTempPath(), $"alpaca-test-{Guid.NewGuid():N}");
        await using var port = await PtyPort.CreateAsync(new EchoEmulator(TimeProvider.System), symlink);
        for (var round = 0; round < 3; round++)
        {
            await using (var link = await s_links.OpenAsync(symlink, Scene.Serial, s_deadline))
                Assert.Equal("A", await new Dialogue(link, s_deadline).CommandAsync("a#", '#'));
            await port.UnplugAsync();
            Assert.Equal(LinkFault.NotFound, (await Assert.ThrowsAsync<LinkException>(async () => await s_links.OpenAsync(symlink, Scene.Serial, s_deadline))).Fault);
            await port.PlugInAsync();
        }
    }

    [Fact]
    public async Task A_hundred_openings_leave_no_descriptor_behind()
    {
        await using var port = await PtyPort.CreateAsync(new EchoEmulator(TimeProvider.System));
        var before = Descriptors(port.Name);
        for (var i = 0; i < 100; i++)
        {
            await using var link = await s_links.OpenAsync(port.Name, Scene.Serial, s_deadline);
            if (i % 10 == 0)
                Assert.Equal("A", await new Dialogue(link, s_deadline).CommandAsync("a#", '#'));
        }

        Assert.Equal(before, Descriptors(port.Name));
    }

    [Fact]
    public async Task A_long_write_arrives_whole_or_fails_at_its_deadline()
    {
        await using var terminal = await PseudoTerminal.CreateAsync();
        await using var link = await s_links.OpenAsync(terminal.SlavePath, Scene.Serial, s_deadline);
        var sent = Enumerable.Range(0, 40_000).Select(i => (byte)i).ToArray();
        var reading = new LinkReader(terminal.Link).ReadExactlyAsync(sent.Length, s_deadline).AsTask();
        await link.WriteAsync(sent, s_deadline);
        Assert.Equal(sent, await reading);
    }

    [Fact]
    public async Task A_missing_port_says_so()
    {
        var failure = await Assert.ThrowsAsync<LinkException>(async () => await s_links.OpenAsync("/dev/ttyNone", Scene.Serial, s_deadline));
        Assert.Equal("/dev/ttyNone: there is no such port; check the cable and the name in the configuration.", failure.Message);
    }

    [Fact]
    public async Task A_file_is_no_serial_port()
    {
        var file = Path.GetTempFileName();
        try
        {
            Assert.Equal(LinkFault.Settings, (await Assert.ThrowsAsync<LinkException>(async () => await s_links.OpenAsync(file, Scene.Serial, s_deadline))).Fault);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void No_permission_tells_which_group_is_missing() =>
        Assert.Contains("group dialout", SystemError.Of(LibC.EACCES, "/dev/ttyUSB0", "opening").Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_tcp_port_is_reached_by_its_address()
    {
        await using var port = await TcpPort.CreateAsync(new EchoEmulator(TimeProvider.System));
        await using (var link = await s_links.OpenAsync(port.Name, Scene.Serial, s_deadline))
            Assert.Equal("A", await new Dialogue(link, s_deadline).CommandAsync("a#", '#'));
        await port.UnplugAsync();
        Assert.Equal(LinkFault.NotFound, (await Assert.ThrowsAsync<LinkException>(async () => await s_links.OpenAsync(port.Name, Scene.Serial, s_deadline))).Fault);
    }

    /// <summary>Descriptors of this process that are open on a terminal; other tests run in parallel, so only this one's count.</summary>
    private static int Descriptors(string path) => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(fd => new FileInfo(fd).LinkTarget == path);
}
