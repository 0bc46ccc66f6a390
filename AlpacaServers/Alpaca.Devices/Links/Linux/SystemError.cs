using System.Runtime.InteropServices;

namespace Alpaca.Devices.Links.Linux;

/// <summary>What a failed system call means to the person at the telescope.</summary>
internal static class SystemError
{
    /// <summary>The failure of the last system call on a port.</summary>
    public static LinkException Last(string port, string doing) => Of(Marshal.GetLastPInvokeError(), port, doing);

    public static LinkException Of(int error, string port, string doing) => error switch
    {
        LibC.EACCES or LibC.EPERM => new(LinkFault.Denied, port,
            "this user may not open it; add the user to group dialout (sudo usermod -aG dialout USER), then log in again or restart the service"),
        LibC.ENOENT => new(LinkFault.NotFound, port, "there is no such port; check the cable and the name in the configuration"),
        LibC.ENXIO or LibC.ENODEV => new(LinkFault.NotFound, port, "nothing is behind this port; check that the device is plugged in"),
        LibC.EBUSY => new(LinkFault.InUse, port, "another program has opened it"),
        LibC.ENOTTY => new(LinkFault.Settings, port, "it is no serial port"),
        _ => new(LinkFault.Lost, port, $"{doing} failed: {Marshal.GetPInvokeErrorMessage(error)} (error {error})"),
    };
}
