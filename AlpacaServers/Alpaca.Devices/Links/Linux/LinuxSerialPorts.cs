namespace Alpaca.Devices.Links.Linux;

/// <summary>Serial ports of Linux: termios for the line, sysfs for what is plugged in.</summary>
public sealed class LinuxSerialPorts : ISerialPorts
{
    private readonly SysfsPorts _found;

    /// <param name="systemRoot">Where <c>/dev</c> and <c>/sys</c> are looked up; another root serves tests.</param>
    public LinuxSerialPorts(string systemRoot = "/")
    {
        _found = new SysfsPorts(systemRoot);
    }

    /// <inheritdoc/>
    public IReadOnlyList<SerialPortInfo> List() => _found.List();

    /// <summary>The path that a name means now.</summary>
    /// <exception cref="LinkException">Nothing fits, or more than one port does.</exception>
    public string Resolve(string name) => _found.Resolve(name);

    /// <inheritdoc/>
    public async ValueTask<ILink> OpenAsync(string name, SerialSettings settings, TimeSpan deadline, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var path = Resolve(name);
        var shown = path == name ? name : $"{name} ({path})";
        return await DescriptorLink.OpenAsync(shown, () => Open(path, shown, settings), deadline, cancel: cancel);
    }

    private static int Open(string path, string shown, SerialSettings settings)
    {
        var descriptor = LibC.Open(path, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (descriptor < 0)
            throw SystemError.Last(shown, "opening");
        try
        {
            TakeForUs(descriptor, shown);
            SetUp(descriptor, shown, settings);
            SysfsPorts.ShortenLatency(path);
            _ = LibC.Flush(descriptor, LibC.TCIOFLUSH);
            return descriptor;
        }
        catch
        {
            _ = LibC.Close(descriptor);
            throw;
        }
    }

    private static void TakeForUs(int descriptor, string shown)
    {
        if (LibC.Lock(descriptor, LibC.LOCK_EX | LibC.LOCK_NB) < 0)
            throw new LinkException(LinkFault.InUse, shown, "another program is using this port; stop it, or give this device another port");

        // Keeps out programs that know nothing of the lock; root passes, so it cannot be the only protection. Not every port knows it.
        var unused = 0;
        _ = LibC.Ioctl(descriptor, LibC.TIOCEXCL, ref unused);
    }

    private static void SetUp(int descriptor, string shown, SerialSettings settings)
    {
        if (settings.DataBits is < 5 or > 8 || settings.StopBits is < 1 or > 2 || settings.BaudRate < 1)
            throw new LinkException(LinkFault.Settings, shown, $"\"{settings}\" is no setting of a serial line");
        if (LibC.GetAttributes(descriptor, out var line) < 0)
            throw SystemError.Last(shown, "reading the line's settings");
        line.MakeRaw(settings);
        if (Termios.SpeedCode(settings.BaudRate) is { } code)
            _ = LibC.SetSpeed(ref line, code);
        if (LibC.SetAttributes(descriptor, LibC.TCSANOW, in line) < 0)
            throw SystemError.Last(shown, $"setting {settings}");
        if (Termios.SpeedCode(settings.BaudRate) is null)
            SetAnySpeed(descriptor, shown, settings.BaudRate);

        // Drivers may refuse without an error: what counts is what the port says it has.
        if (LibC.GetAttributes(descriptor, out var taken) < 0)
            throw SystemError.Last(shown, "reading the line's settings back");
        if (!taken.Holds(settings) || (Termios.SpeedCode(settings.BaudRate) is { } wanted && LibC.GetOutputSpeed(in taken) != wanted))
            throw new LinkException(LinkFault.Settings, shown, $"the port does not take {settings}; another adapter may");
        SetModemLine(descriptor, LibC.TIOCM_DTR, settings.Dtr);
        SetModemLine(descriptor, LibC.TIOCM_RTS, settings.Rts);
    }

    private static void SetAnySpeed(int descriptor, string shown, int baud)
    {
        var line = default(Termios2);
        if (LibC.Ioctl(descriptor, LibC.TCGETS2, ref line) < 0)
            throw SystemError.Last(shown, "reading the line's speed");
        line.Control = (line.Control & ~Termios.CBAUD) | Termios2.BOTHER;
        line.InputSpeed = line.OutputSpeed = (uint)baud;
        if (LibC.Ioctl(descriptor, LibC.TCSETS2, ref line) < 0 || LibC.Ioctl(descriptor, LibC.TCGETS2, ref line) < 0 || line.OutputSpeed != (uint)baud)
            throw new LinkException(LinkFault.Settings, shown, $"the port does not take {baud} baud; another adapter may");
    }

    private static void SetModemLine(int descriptor, int line, bool? raised)
    {
        // Pseudo-terminals and some USB adapters have no modem lines; that is no reason not to talk.
        if (raised is { } up)
            _ = LibC.Ioctl(descriptor, up ? LibC.TIOCMBIS : LibC.TIOCMBIC, ref line);
    }
}
