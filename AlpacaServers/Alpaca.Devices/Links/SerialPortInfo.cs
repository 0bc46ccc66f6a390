namespace Alpaca.Devices.Links;

/// <summary>A serial port of this machine.</summary>
/// <param name="Path">What opens it: <c>/dev/ttyUSB0</c>.</param>
/// <param name="StablePath">A name that survives replugging, if the system keeps one: <c>/dev/serial/by-id/...</c>.</param>
/// <param name="UsbVendor">USB vendor id, four hex digits, lower case; null if it is no USB port.</param>
/// <param name="UsbProduct">USB product id, four hex digits.</param>
/// <param name="UsbSerial">The USB device's serial number, if it has one.</param>
/// <param name="UsbInterface">The interface number within the USB device, two hex digits, for devices with several ports.</param>
/// <param name="Description">Maker and product, for people.</param>
public sealed record SerialPortInfo(
    string Path,
    string? StablePath = null,
    string? UsbVendor = null,
    string? UsbProduct = null,
    string? UsbSerial = null,
    string? UsbInterface = null,
    string? Description = null)
{
    /// <summary>The name to put into a configuration: the stable path, else <c>usb:VID:PID:serial</c>, else the path.</summary>
    public string BestName => StablePath ?? (UsbVendor is not null && UsbSerial is not null ? $"usb:{UsbVendor}:{UsbProduct}:{UsbSerial}" : Path);
}
