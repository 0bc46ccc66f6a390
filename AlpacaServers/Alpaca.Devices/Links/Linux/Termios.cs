using System.Runtime.InteropServices;

namespace Alpaca.Devices.Links.Linux;

/// <summary>glibc's <c>struct termios</c>: 60 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Termios
{
    public const int Size = 60;

    public const uint IGNBRK = 0x1;
    public const uint BRKINT = 0x2;
    public const uint PARMRK = 0x8;
    public const uint INPCK = 0x10;
    public const uint ISTRIP = 0x20;
    public const uint INLCR = 0x40;
    public const uint IGNCR = 0x80;
    public const uint ICRNL = 0x100;
    public const uint IXON = 0x400;
    public const uint IXANY = 0x800;
    public const uint IXOFF = 0x1000;
    public const uint OPOST = 0x1;
    public const uint ISIG = 0x1;
    public const uint ICANON = 0x2;
    public const uint ECHO = 0x8;
    public const uint ECHONL = 0x40;
    public const uint IEXTEN = 0x8000;
    public const uint CBAUD = 0x100F;
    public const uint CSIZE = 0x30;
    public const uint CSTOPB = 0x40;
    public const uint CREAD = 0x80;
    public const uint PARENB = 0x100;
    public const uint PARODD = 0x200;
    public const uint HUPCL = 0x400;
    public const uint CLOCAL = 0x800;
    public const uint CRTSCTS = 0x80000000;
    public const int VTIME = 5;
    public const int VMIN = 6;

    private const uint CookedInput = IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXANY | IXOFF | INPCK;
    private const uint CookedLocal = ECHO | ECHONL | ICANON | ISIG | IEXTEN;
    private const uint Framing = CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS | HUPCL;

    public uint Input;
    public uint Output;
    public uint Control;
    public uint Local;
    public byte Line;
    public fixed byte Characters[32];
    public uint InputSpeed;
    public uint OutputSpeed;

    /// <summary>The standard speeds and their codes; every other speed goes by <see cref="Termios2"/>.</summary>
    public static uint? SpeedCode(int baud) => baud switch
    {
        1200 => 0x9,
        2400 => 0xB,
        4800 => 0xC,
        9600 => 0xD,
        19200 => 0xE,
        38400 => 0xF,
        57600 => 0x1001,
        115200 => 0x1002,
        230400 => 0x1003,
        460800 => 0x1004,
        921600 => 0x1007,
        _ => null,
    };

    /// <summary>Sets everything but the speed: raw bytes, the framing asked for, and reads that return at the first byte.</summary>
    public void MakeRaw(SerialSettings settings)
    {
        Input &= ~CookedInput;
        Output &= ~OPOST;
        Local &= ~CookedLocal;
        Control = (Control & ~Framing) | Flags(settings);
        Characters[VMIN] = 1;
        Characters[VTIME] = 0;
    }

    /// <summary>True if the port took what <see cref="MakeRaw"/> asked for; drivers may refuse silently.</summary>
    public readonly bool Holds(SerialSettings settings)
    {
        // A port that cannot hang up on close (a pseudo-terminal) may drop HUPCL; nothing on the wire depends on it.
        const uint onWire = Framing & ~HUPCL;
        return (Control & onWire) == (Flags(settings) & onWire) && (Input & CookedInput) == 0 && (Local & CookedLocal) == 0 && (Output & OPOST) == 0;
    }

    private static uint Flags(SerialSettings settings) =>
        CREAD | CLOCAL
        | (settings.KeepDtr ? 0 : HUPCL)
        | (uint)((settings.DataBits - 5) << 4)
        | (settings.StopBits == 2 ? CSTOPB : 0)
        | (settings.Parity == SerialParity.None ? 0 : PARENB)
        | (settings.Parity == SerialParity.Odd ? PARODD : 0)
        | (settings.HardwareFlowControl ? CRTSCTS : 0);
}
