using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace DataServices.Hdf5;

/// <summary>
/// An open HDF5 file with groups, tables and arrays of byte strings under the conventions of PyTables 3.7 (format 2.1).
/// Calls block and may come from any thread, one at a time per process.
/// </summary>
public sealed unsafe class Hdf5File : IDisposable
{
    private const int GlobalScope = 1;
    private const int GroupIdentifier = 2;
    private const int DatasetIdentifier = 5;
    private static int _open;
    private long _file;

    private Hdf5File(long file, string path)
    {
        _file = file;
        Path = path;
        Interlocked.Increment(ref _open);
    }

    /// <summary>Files this process has open.</summary>
    public static int OpenFiles => Volatile.Read(ref _open);

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    internal long Identifier => _file > 0 ? _file : throw new ObjectDisposedException(Path);

    /// <summary>Creates a file, which must not exist, with the attributes of a PyTables root group.</summary>
    public static Hdf5File Create(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        Hdf5Library.Require();
        using (Hdf5Library.Enter())
        {
            var file = new Hdf5File(Hdf5Library.Check(NativeHdf5.FileCreate(path, NativeHdf5.CreateNew, 0, 0), path, "create it"), path);
            try
            {
                var root = Hdf5Library.Check(NativeHdf5.ObjectOpen(file._file, "/", 0), path, "open its root group");
                Hdf5Attributes.WriteText(root, "CLASS", "GROUP", path);
                Hdf5Attributes.WriteText(root, "PYTABLES_FORMAT_VERSION", "2.1", path);
                Hdf5Attributes.WriteText(root, "TITLE", "", path);
                Hdf5Attributes.WriteText(root, "VERSION", "1.0", path);
                _ = NativeHdf5.ObjectClose(root);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
    }

    /// <summary>Opens a file. While it is open for writing, the library's lock keeps other writers and readers that honour it out.</summary>
    /// <exception cref="Hdf5Exception">Missing, locked by somebody else, or damaged.</exception>
    public static Hdf5File Open(string path, bool writable = false)
    {
        path = System.IO.Path.GetFullPath(path);
        Hdf5Library.Require();
        if (!File.Exists(path))
            throw new Hdf5Exception(path, $"{path}: there is no such file.");
        using (Hdf5Library.Enter())
            return new Hdf5File(Hdf5Library.Check(NativeHdf5.FileOpen(path, writable ? NativeHdf5.ReadWrite : NativeHdf5.ReadOnly, 0), path, "open it as HDF5"), path);
    }

    /// <summary>Whether a node exists; every group on the way may be missing too.</summary>
    public bool Exists(string node)
    {
        ArgumentNullException.ThrowIfNull(node);
        using (Hdf5Library.Enter())
        {
            for (var end = node.IndexOf('/', 1); end >= 0; end = node.IndexOf('/', end + 1))
            {
                if (NativeHdf5.LinkExists(Identifier, node[..end], 0) <= 0)
                    return false;
            }

            return node == "/" || NativeHdf5.LinkExists(Identifier, node, 0) > 0;
        }
    }

    /// <summary>Creates a group with the attributes of PyTables. Its parent must exist.</summary>
    public void CreateGroup(string node, string title)
    {
        using (Hdf5Library.Enter())
        {
            var group = Hdf5Library.Check(NativeHdf5.GroupCreate(Identifier, node, 0, 0, 0), Path, $"create the group {node}");
            Hdf5Attributes.WriteText(group, "CLASS", "GROUP", Path);
            Hdf5Attributes.WriteText(group, "TITLE", title, Path);
            Hdf5Attributes.WriteText(group, "VERSION", "1.0", Path);
            _ = NativeHdf5.ObjectClose(group);
        }
    }

    /// <summary>Text attribute of a node, or null when it has none of that name.</summary>
    public string? TextAttribute(string node, string name)
    {
        using (Hdf5Library.Enter())
        {
            var item = Hdf5Library.Check(NativeHdf5.ObjectOpen(Identifier, node, 0), Path, $"open {node}");
            try
            {
                return Hdf5Attributes.ReadText(item, name, Path);
            }
            finally
            {
                _ = NativeHdf5.ObjectClose(item);
            }
        }
    }

    /// <summary>Removes a node and everything below it from the tree; the space stays allocated in the file.</summary>
    public void Remove(string node)
    {
        using (Hdf5Library.Enter())
            _ = Hdf5Library.Check(NativeHdf5.LinkDelete(Identifier, node, 0), Path, $"remove {node}");
    }

    /// <summary>Copies a node and everything below it into another file, in which the parent group must exist.</summary>
    public void CopyTo(string node, Hdf5File target, string targetNode)
    {
        ArgumentNullException.ThrowIfNull(target);
        using (Hdf5Library.Enter())
            _ = Hdf5Library.Check(NativeHdf5.ObjectCopy(Identifier, node, target.Identifier, targetNode, 0, 0), Path, $"copy {node} to {target.Path}");
    }

    /// <summary>Names directly below a group, in alphabetical order.</summary>
    public IReadOnlyList<string> Children(string node)
    {
        using (Hdf5Library.Enter())
        {
            var group = Hdf5Library.Check(NativeHdf5.ObjectOpen(Identifier, node, 0), Path, $"open {node}");
            var names = new List<string>();
            var handle = GCHandle.Alloc(names);
            try
            {
                _ = Hdf5Library.Check(NativeHdf5.LinkIterate(group, 0, 0, null, &VisitLink, (void*)GCHandle.ToIntPtr(handle)), Path, $"list {node}");
            }
            finally
            {
                handle.Free();
                _ = NativeHdf5.ObjectClose(group);
            }

            return names;
        }
    }

    /// <summary>Every dataset below the root, by its full path.</summary>
    public IEnumerable<string> Datasets() => Datasets("/");

    /// <summary>Hands everything written so far to the operating system.</summary>
    public void Flush()
    {
        using (Hdf5Library.Enter())
            _ = Hdf5Library.Check(NativeHdf5.FileFlush(Identifier, GlobalScope), Path, "write out its buffers");
    }

    /// <summary>Closes the file; fails if its last bytes did not reach the operating system.</summary>
    public void Close()
    {
        using (Hdf5Library.Enter())
        {
            if (_file == 0)
                return;
            var file = _file;
            _file = 0;
            Interlocked.Decrement(ref _open);
            _ = Hdf5Library.Check(NativeHdf5.FileClose(file), Path, "finish writing it");
        }
    }

    /// <summary>Closes the file without an error: after a successful write call <see cref="Close"/> first.</summary>
    public void Dispose()
    {
        using (Hdf5Library.Enter())
        {
            if (_file == 0)
                return;
            _ = NativeHdf5.FileClose(_file);
            _file = 0;
            Interlocked.Decrement(ref _open);
            _ = NativeHdf5.ClearErrors(0);
        }
    }

    private IEnumerable<string> Datasets(string group)
    {
        foreach (var name in Children(group))
        {
            var node = group == "/" ? $"/{name}" : $"{group}/{name}";
            switch (KindOf(node))
            {
                case GroupIdentifier:
                    foreach (var below in Datasets(node))
                        yield return below;
                    break;
                case DatasetIdentifier:
                    yield return node;
                    break;
            }
        }
    }

    private int KindOf(string node)
    {
        using (Hdf5Library.Enter())
        {
            var item = Hdf5Library.Check(NativeHdf5.ObjectOpen(Identifier, node, 0), Path, $"open {node}");
            var kind = NativeHdf5.IdentifierType(item);
            _ = NativeHdf5.ObjectClose(item);
            return kind;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int VisitLink(long group, byte* name, void* information, void* data)
    {
        if (GCHandle.FromIntPtr((nint)data).Target is List<string> names)
            names.Add(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)));
        return 0;
    }
}
