using Alpaca.Devices.Links;
using Alpaca.Devices.Links.Linux;

namespace Alpaca.Devices.Tests.Links;

/// <summary>Port names looked up in a made-up <c>/sys</c> and <c>/dev</c>.</summary>
public sealed class PortNameTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("alpaca-ports-").FullName;

    public PortNameTests()
    {
        Usb("ttyUSB0", "usb1/1-1", "1-1:1.0/ttyUSB0", "0403", "6001", "A9XK3", "00");
        Usb("ttyUSB1", "usb1/1-2", "1-2:1.0/ttyUSB1", "10c4", "ea60", "0001", "00");
        Usb("ttyACM0", "usb2/2-1", "2-1:1.0", "2341", "0043", "7533", "00");
        Usb("ttyACM1", "usb2/2-1", "2-1:1.2", "2341", "0043", "7533", "02");
        Native("ttyS0", "4");
        Native("ttyS1", "0");
        Directory.CreateDirectory(Path.Combine(_root, "sys/class/tty/tty1"));
        Directory.CreateDirectory(Path.Combine(_root, "dev/serial/by-id"));
        File.CreateSymbolicLink(Path.Combine(_root, "dev/serial/by-id/usb-FTDI_FT232R_A9XK3-if00-port0"), "../../ttyUSB0");
        File.CreateSymbolicLink(Path.Combine(_root, "dev/serial/by-id/usb-Silicon_Labs_CP2102_0001-if00-port0"), "../../ttyUSB1");
    }

    private LinuxSerialPorts Ports => new(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Native_and_usb_ports_are_listed_and_phantoms_are_not()
    {
        var ports = Ports.List();
        Assert.Equal(["ttyACM0", "ttyACM1", "ttyS0", "ttyUSB0", "ttyUSB1"], ports.Select(p => Path.GetFileName(p.Path)));
        var ftdi = ports[3];
        Assert.Equal(("0403", "6001", "A9XK3", "00", "Maker Thing"), (ftdi.UsbVendor, ftdi.UsbProduct, ftdi.UsbSerial, ftdi.UsbInterface, ftdi.Description));
        Assert.Equal("/dev/serial/by-id/usb-FTDI_FT232R_A9XK3-if00-port0", ftdi.BestName);
    }

    [Theory]
    [InlineData("usb:0403:6001", "dev/ttyUSB0")]
    [InlineData("usb:10C4:EA60", "dev/ttyUSB1")]
    [InlineData("usb:10c4:ea60:0001", "dev/ttyUSB1")]
    [InlineData("usb:2341:0043:7533:02", "dev/ttyACM1")]
    [InlineData("usb:2341:0043::00", "dev/ttyACM0")]
    [InlineData("usb-FTDI*", "dev/serial/by-id/usb-FTDI_FT232R_A9XK3-if00-port0")]
    [InlineData("/dev/serial/by-id/*0001*", "dev/serial/by-id/usb-Silicon_Labs_CP2102_0001-if00-port0")]
    public void A_name_finds_its_port(string name, string path) => Assert.Equal(Path.Combine(_root, path), Ports.Resolve(name));

    [Fact]
    public void A_path_means_itself() => Assert.Equal("/dev/ttyUSB7", Ports.Resolve("/dev/ttyUSB7"));

    [Theory]
    [InlineData("usb:2341:0043", "2 ports fit")]
    [InlineData("usb:2341:9999", "no port fits")]
    [InlineData("usb:0403:6001:OTHER", "no port fits")]
    [InlineData("usb:0403", "usb:VID:PID")]
    [InlineData("usb-*", "2 ports fit")]
    [InlineData("usb-Nothing*", "no port fits")]
    public void A_name_that_is_not_clear_is_refused_with_what_to_do(string name, string says)
    {
        var failure = Assert.Throws<LinkException>(() => Ports.Resolve(name));
        Assert.Equal(LinkFault.NotFound, failure.Fault);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    private void Usb(string name, string device, string below, string vendor, string product, string serial, string number)
    {
        var hardware = Path.Combine(_root, "sys/devices/pci0000:00", device);
        var port = Path.Combine(hardware, below);
        Directory.CreateDirectory(port);
        File.WriteAllText(Path.Combine(hardware, "idVendor"), vendor + "\n");
        File.WriteAllText(Path.Combine(hardware, "idProduct"), product + "\n");
        File.WriteAllText(Path.Combine(hardware, "serial"), serial + "\n");
        File.WriteAllText(Path.Combine(hardware, "manufacturer"), "Maker\n");
        File.WriteAllText(Path.Combine(hardware, "product"), "Thing\n");
        File.WriteAllText(Path.Combine(hardware, below.Split('/')[0], "bInterfaceNumber"), number + "\n");
        var tty = Path.Combine(port, "tty", name);
        Directory.CreateDirectory(tty);
        File.CreateSymbolicLink(Path.Combine(tty, "device"), port);
        Directory.CreateDirectory(Path.Combine(_root, "sys/class/tty"));
        File.CreateSymbolicLink(Path.Combine(_root, "sys/class/tty", name), tty);
    }

    private void Native(string name, string type)
    {
        var hardware = Path.Combine(_root, "sys/devices/platform", name);
        Directory.CreateDirectory(hardware);
        var tty = Path.Combine(_root, "sys/class/tty", name);
        Directory.CreateDirectory(tty);
        File.WriteAllText(Path.Combine(tty, "type"), type + "\n");
        File.CreateSymbolicLink(Path.Combine(tty, "device"), hardware);
    }
}
