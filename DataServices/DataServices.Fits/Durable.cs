using System.Runtime.InteropServices;

namespace DataServices.Fits;

/// <summary>Files, renames and directories that are on the platter when a call returns.</summary>
public static partial class Durable
{
    private static int _sequence;

    /// <summary>A name beside a file for it while it is unfinished: hidden, and unlike any other of this or another process.</summary>
    public static string TemporaryName(string path)
    {
        path = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(path) ?? throw new IOException($"{path}: is a directory, not a file name.");
        return Path.Combine(directory, $".{Path.GetFileName(path)}.{Environment.ProcessId}-{Interlocked.Increment(ref _sequence)}.tmp");
    }

    /// <summary>Writes a file whole or not at all: temporary name, fsync, rename, fsync of the directory.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = TemporaryName(path);
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(file, content, 0);
                RandomAccess.FlushToDisk(file);
            }

            Move(temporary, path);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Copies a file whole or not at all.</summary>
    public static void Copy(string source, string path)
    {
        var temporary = TemporaryName(path);
        try
        {
            File.Copy(source, temporary, overwrite: true);
            Sync(temporary);
            Move(temporary, path);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Renames, replacing what is there.</summary>
    public static void Move(string source, string target)
    {
        File.Move(source, target, overwrite: true);
        SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
    }

    /// <summary>Makes the content of a file durable.</summary>
    public static void Sync(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Creates a directory and makes its name durable.</summary>
    public static void CreateDirectory(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path)!;
        CreateDirectory(parent);
        Directory.CreateDirectory(path);
        SyncDirectory(parent);
    }

    /// <summary>Makes the names in a directory durable. Windows has no such call and needs none.</summary>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = OpenDirectory(directory, 0);
        if (descriptor < 0)
            throw new IOException($"{directory}: cannot be opened to make its names durable (errno {Marshal.GetLastPInvokeError()}).");
        try
        {
            if (Fsync(descriptor) != 0)
                throw new IOException($"{directory}: fsync failed (errno {Marshal.GetLastPInvokeError()}).");
        }
        finally
        {
            _ = CloseDescriptor(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDirectory(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
