using Alpaca.Devices.Options;

namespace Alpaca.Drivers.Astrohaven;

/// <summary>What a user can say about an Astrohaven dome.</summary>
public sealed record AstrohavenOptions
{
    [Option("Where the dome's controller is connected: a serial device, usb:VID:PID[:serial], or tcp://host:port.", Required = true, Example = "/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A9XK3-if00-port0")]
    public string Port { get; init; } = "";

    [Option("How long one leaf may take from end to end. 7-foot domes need 5 to 8 s, 18-foot domes a minute and more.", Unit = "s", Minimum = 2, Maximum = 300)]
    public TimeSpan MoveTimeout { get; init; } = TimeSpan.FromSeconds(10);

    [Option("How often the closed limit must be reported before a leaf counts as closed: once can come just before the flap seals.", Minimum = 1, Maximum = 10)]
    public int CloseConfirmations { get; init; } = 2;

    [Option("Further closing nudges after the limit, for leaves that do not seal.", Minimum = 0, Maximum = 10, Advanced = true)]
    public int ExtraCloseNudges { get; init; }

    [Option("Which leaf closes first: depends on whose seal overlaps.")]
    public LeafOrder CloseOrder { get; init; } = LeafOrder.AThenB;

    [Option("The controller's single-leaf codes are the other way round: 1 means B is closed, 2 means A.", Advanced = true)]
    public bool SwapSingleLeafCodes { get; init; }

    [Option("Report an open dome as an error unless both open limits were seen since it was opened: after a restart it is then an error until it is closed or opened.", Advanced = true)]
    public bool StrictOpen { get; init; }

    [Option("The controller knows the commands of 18-foot domes (reset of the bumper guard).", Advanced = true)]
    public bool LargeDome { get; init; }

    [Option("How long the controller may be silent before the link counts as lost; it speaks about once a second.", Unit = "s", Minimum = 1.5, Maximum = 30, Advanced = true)]
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(3);

    [Option("The dome closes itself when the client that opened it has not been heard of for so long. 0 switches this off.", Unit = "s", Minimum = 0, Maximum = 3600)]
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    [Option("Close the dome when the server ends in order.")]
    public bool CloseOnShutdown { get; init; }

    /// <summary>What single options cannot say.</summary>
    public IEnumerable<string> Validate()
    {
        if (Lease > TimeSpan.Zero && Lease < TimeSpan.FromSeconds(10))
            yield return "lease: less than 10 s would close the dome between two questions of a client; take 10 s or more, or 0 to switch it off.";
    }
}
