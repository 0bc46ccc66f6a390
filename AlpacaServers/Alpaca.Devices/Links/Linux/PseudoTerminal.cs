using System.Text;

namespace Alpaca.Devices.Links.Linux;

/// <summary>
/// A serial port without hardware: this process holds one end, anyone can open the other under <see cref="SlavePath"/> as if it were a serial
/// port, close it and open it again. Disposing is pulling the cable.
/// </summary>
public sealed class PseudoTerminal : IAsyncDisposable
{
    private const int LongestName = 128;
    private static readonly TimeSpan s_opening = TimeSpan.FromSeconds(5);

    private readonly DescriptorLink _link;
    private readonly string? _symlink;

    private PseudoTerminal(DescriptorLink link, string slavePath, string? symlink)
    {
        (_link, SlavePath, _symlink) = (link, slavePath, symlink);
    }

    /// <summary>This process's end. What is written while nobody has opened the other end is lost, as on a cable into nothing.</summary>
    public ILink Link => _link;

    /// <summary>The other end, to be opened as a serial port: <c>/dev/pts/7</c>.</summary>
    public string SlavePath { get; }

    /// <summary>Creates one, and a symbolic link to it if a path is given (in place of an older link).</summary>
    /// <exception cref="LinkException">The system has no pseudo-terminals left, or a file is in the link's place.</exception>
    public static async ValueTask<PseudoTerminal> CreateAsync(string? symlink = null, CancellationToken cancel = default)
    {
        if (symlink is not null)
            symlink = Path.GetFullPath(symlink);
        var name = symlink ?? "pseudo-terminal";
        var slavePath = "";
        var link = await DescriptorLink.OpenAsync(name, () => Open(name, out slavePath), s_opening, outlivesHangUp: true, cancel);
        if (symlink is not null)
        {
            try
            {
                PointTo(symlink, slavePath);
            }
            catch
            {
                await link.DisposeAsync();
                throw;
            }
        }

        return new PseudoTerminal(link, slavePath, symlink);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_symlink is not null && new FileInfo(_symlink).LinkTarget == SlavePath)
            File.Delete(_symlink);
        await _link.DisposeAsync();
    }

    private static void PointTo(string symlink, string target)
    {
        var there = new FileInfo(symlink);
        if (there.Exists && there.LinkTarget is null)
            throw new LinkException(LinkFault.InUse, symlink, "there is a file of that name; choose another name for the link");
        File.Delete(symlink);
        File.CreateSymbolicLink(symlink, target);
    }

    private static unsafe int Open(string name, out string slavePath)
    {
        var master = LibC.OpenPseudoTerminal(LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (master < 0)
            throw SystemError.Last(name, "creating a pseudo-terminal");
        var text = stackalloc byte[LongestName];
        if (LibC.Grant(master) < 0 || LibC.Unlock(master) < 0 || LibC.SlaveName(master, text, LongestName) != 0)
        {
            var failure = SystemError.Last(name, "setting up a pseudo-terminal");
            _ = LibC.Close(master);
            throw failure;
        }

        slavePath = Encoding.ASCII.GetString(new ReadOnlySpan<byte>(text, LongestName)[..new ReadOnlySpan<byte>(text, LongestName).IndexOf((byte)0)]);

        // Opened and closed once, the other end counts as hung up until somebody opens it; before that the kernel would echo what is written.
        var slave = LibC.Open(slavePath, LibC.O_RDWR | LibC.O_NOCTTY | LibC.O_CLOEXEC);
        if (slave >= 0)
            _ = LibC.Close(slave);
        return master;
    }
}
