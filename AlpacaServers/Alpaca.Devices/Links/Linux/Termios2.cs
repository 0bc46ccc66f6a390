using System.Runtime.InteropServices;

namespace Alpaca.Devices.Links.Linux;

/// <summary>The kernel's <c>struct termios2</c>, 44 bytes, which takes any speed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Termios2
{
    public const int Size = 44;
    public const uint BOTHER = 0x1000;

    public uint Input;
    public uint Output;
    public uint Control;
    public uint Local;
    public byte Line;
    public fixed byte Characters[19];
    public uint InputSpeed;
    public uint OutputSpeed;
}
