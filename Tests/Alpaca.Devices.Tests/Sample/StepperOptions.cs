using Alpaca.Devices.Options;

namespace Alpaca.Devices.Tests.Sample;

/// <summary>What a user can say about a Stepper focuser.</summary>
public sealed record StepperOptions
{
    [Option("Where the focuser is connected: a serial device, usb:VID:PID[:serial], or tcp://host:port", Required = true, Example = "/dev/serial/by-id/usb-FTDI_FT232R*")]
    public string Port { get; init; } = "";

    [Option("The outermost position", Unit = "steps", Minimum = 1, Maximum = 65535)]
    public int MaxStep { get; init; } = 50000;

    [Option("How long the longest move may take", Unit = "s", Minimum = 1, Maximum = 600)]
    public TimeSpan MoveTimeout { get; init; } = TimeSpan.FromSeconds(120);
}
