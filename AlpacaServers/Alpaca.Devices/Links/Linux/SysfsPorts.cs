using System.IO.Enumeration;

namespace Alpaca.Devices.Links.Linux;

/// <summary>What serial ports there are, from <c>/sys/class/tty</c> and <c>/dev/serial</c>, and which of them a name means.</summary>
internal sealed class SysfsPorts(string root)
{
    private const string ById = "dev/serial/by-id";

    /// <summary>Every native and USB port that is there, in the order of their paths.</summary>
    public IReadOnlyList<SerialPortInfo> List()
    {
        var classes = Path.Combine(root, "sys/class/tty");
        if (!Directory.Exists(classes))
            return [];
        var stable = StableNames();
        return [.. Directory.EnumerateFileSystemEntries(classes)
            .OrderBy(e => e, StringComparer.Ordinal)
            .Select(e => Describe(e, stable))
            .OfType<SerialPortInfo>()];
    }

    /// <summary>The path that a name means: a path itself, a pattern over <c>/dev/serial/by-id</c>, or <c>usb:VID:PID[:serial[:interface]]</c>.</summary>
    /// <exception cref="LinkException">Nothing fits, or more than one port does.</exception>
    public string Resolve(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.StartsWith("usb:", StringComparison.OrdinalIgnoreCase))
            return ByUsb(name);
        return name.Contains('*', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal) ? ByPattern(name) : name;
    }

    /// <summary>Sets an FTDI adapter's latency timer to 1 ms (16 by default) when this user may; a slow adapter works all the same.</summary>
    public static void ShortenLatency(string path)
    {
        var timer = $"/sys/bus/usb-serial/devices/{Path.GetFileName(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path)}/latency_timer";
        try
        {
            if (File.Exists(timer))
                File.WriteAllText(timer, "1");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // Only a udev rule or root may; the price is 15 ms an exchange.
        }
    }

    private string ByUsb(string name)
    {
        var parts = name.Split(':');
        if (parts.Length is < 3 or > 5)
            throw new LinkException(LinkFault.NotFound, name, "a USB port is written usb:VID:PID, usb:VID:PID:SERIAL or usb:VID:PID:SERIAL:INTERFACE, ids in hex as lsusb shows them");
        var fitting = List().Where(p =>
            Same(p.UsbVendor, parts[1]) && Same(p.UsbProduct, parts[2])
            && (parts.Length < 4 || parts[3].Length == 0 || p.UsbSerial == parts[3])
            && (parts.Length < 5 || Same(p.UsbInterface, parts[4]))).ToArray();
        return One(name, fitting, "Add the serial number (and interface): ");
    }

    private string ByPattern(string pattern)
    {
        var directory = Path.GetDirectoryName(pattern) is { Length: > 0 } given ? given : "/" + ById;
        var fitting = Directory.Exists(Rooted(directory))
            ? Directory.EnumerateFileSystemEntries(Rooted(directory))
                .Where(e => FileSystemName.MatchesSimpleExpression(Path.GetFileName(pattern), Path.GetFileName(e), ignoreCase: false))
                .Order(StringComparer.Ordinal)
                .Select(e => new SerialPortInfo(e))
                .ToArray()
            : [];
        return One(pattern, fitting, "Write more of the name: ");
    }

    private static string One(string name, SerialPortInfo[] fitting, string hint) => fitting switch
    {
        [] => throw new LinkException(LinkFault.NotFound, name, "no port fits; check the cable, and \"alpaca-server ports\" for what is plugged in"),
        [var one] => one.Path,
        _ => throw new LinkException(LinkFault.NotFound, name, $"{fitting.Length} ports fit. {hint}{string.Join(", ", fitting.Select(p => p.BestName))}"),
    };

    private static bool Same(string? found, string wanted) => found is not null && string.Equals(found, wanted, StringComparison.OrdinalIgnoreCase);

    private Dictionary<string, string> StableNames()
    {
        var directory = Path.Combine(root, ById);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(directory))
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(directory).Order(StringComparer.Ordinal))
            {
                if (new FileInfo(entry).LinkTarget is { } target)
                    names.TryAdd(Path.GetFileName(target), $"/{ById}/{Path.GetFileName(entry)}");
            }
        }

        return names;
    }

    private SerialPortInfo? Describe(string entry, Dictionary<string, string> stable)
    {
        var name = Path.GetFileName(entry);
        var hardware = Final(Path.Combine(entry, "device"));
        if (hardware is null || (name.StartsWith("ttyS", StringComparison.Ordinal) && Text(Path.Combine(entry, "type")) is null or "0"))
            return null;
        var path = Rooted($"/dev/{name}");
        string? usbInterface = null;
        for (var directory = new DirectoryInfo(hardware); directory is not null; directory = directory.Parent)
        {
            usbInterface ??= Text(Path.Combine(directory.FullName, "bInterfaceNumber"));
            if (Text(Path.Combine(directory.FullName, "idVendor")) is { } vendor)
            {
                var description = $"{Text(Path.Combine(directory.FullName, "manufacturer"))} {Text(Path.Combine(directory.FullName, "product"))}".Trim();
                return new(path, stable.GetValueOrDefault(name), vendor, Text(Path.Combine(directory.FullName, "idProduct")),
                    Text(Path.Combine(directory.FullName, "serial")), usbInterface, description.Length > 0 ? description : null);
            }
        }

        return new(path, stable.GetValueOrDefault(name), Description: "native port");
    }

    /// <summary>Where a path really is: every symbolic link on the way followed. Null if it is not there.</summary>
    private static string? Final(string path)
    {
        if (!Directory.Exists(path))
            return null;
        var real = Path.GetPathRoot(path)!;
        foreach (var part in path[real.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new DirectoryInfo(Path.Combine(real, part));
            real = next.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target ? Final(target) ?? target : next.FullName;
        }

        return real;
    }

    private static string? Text(string file) => File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } text ? text : null;

    private string Rooted(string path) => root == "/" ? path : Path.Combine(root, path.TrimStart('/'));
}
