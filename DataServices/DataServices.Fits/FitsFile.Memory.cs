namespace DataServices.Fits;

public sealed partial class FitsFile
{
    private const int MemoryStep = 1 << 20;
    private const int Block = 2880;

    /// <summary>Opens a FITS file that is in memory; the bytes are copied once.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="FitsException">Not FITS, or damaged.</exception>
    public static unsafe FitsFile Open(string name, ReadOnlySpan<byte> bytes)
    {
        Cfitsio.Require();
        if (bytes.Length < Block)
            throw new FitsException(name, 0, $"{name}: {bytes.Length} bytes are no FITS file, which has {Block} at least.");
        var memory = new FitsMemory(bytes.Length);
        bytes.CopyTo(memory.Bytes);
        var status = 0;
        _ = Cfitsio.OpenMemory(out var handle, name, Cfitsio.ReadOnly, memory.Block, memory.Size, 0, 0, ref status);
        if (status != 0)
        {
            handle.SetHandleAsInvalid();
            memory.Dispose();
            throw Cfitsio.Failure(status, name, "open it as FITS");
        }

        return new FitsFile(handle, name, writable: false, memory);
    }

    /// <summary>Makes a FITS file in memory.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="write">Appends what belongs into it.</param>
    public static unsafe byte[] ToBytes(string name, Action<FitsFile> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Cfitsio.Require();
        using var memory = new FitsMemory(Block);
        var status = 0;
        _ = Cfitsio.CreateMemory(out var handle, memory.Block, memory.Size, MemoryStep, FitsMemory.Reallocate, ref status);
        if (status != 0)
        {
            handle.SetHandleAsInvalid();
            throw Cfitsio.Failure(status, name, "create it in memory");
        }

        using var file = new FitsFile(handle, name, writable: true);
        write(file);
        var end = file.EndOfFile();
        file.Close();
        return memory.Bytes[..end].ToArray();
    }

    // The block grows in large steps: where the last HDU ends is where the file ends.
    private int EndOfFile()
    {
        MoveTo(HduCount - 1);
        var status = 0;
        _ = Cfitsio.Flush(_handle, ref status);
        _ = Cfitsio.HduAddresses(_handle, out _, out _, out var end, ref status);
        Cfitsio.Check(status, Path, "finish writing it");
        return checked((int)end);
    }
}
