using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DataServices.Hdf5;

/// <summary>
/// The library as a whole. Calls come from any thread, one at a time: each is made between <see cref="Enter"/> and the end of what it gives.
/// </summary>
internal static unsafe class Hdf5Library
{
    private static readonly Lock _gate = new();
    private static nint _handle;

    [ThreadStatic]
    private static bool _silent;

    /// <summary>Held around every call into the library.</summary>
    public static Lock.Scope Enter()
    {
        var scope = _gate.EnterScope();
        if (!_silent && _handle != 0)
        {
            // Every thread has its own printer of errors.
            _ = NativeHdf5.SetErrorPrinter(0, 0, 0);
            _silent = true;
        }

        return scope;
    }

    /// <summary>Loads the library.</summary>
    /// <exception cref="Hdf5Exception">It is not installed.</exception>
    public static void Require()
    {
        lock (_gate)
        {
            if (_handle != 0)
                return;
            if (!NativeLibrary.TryLoad(NativeHdf5.Library, typeof(Hdf5Library).Assembly, null, out var handle))
                throw new Hdf5Exception($"{NativeHdf5.Library} is not installed. On Debian: apt-get install libhdf5-103-1");

            // A file that could not be closed (disk full) would make the library's own exit handler loop for ever.
            _ = NativeHdf5.DoNotCloseAtExit();
            if (NativeHdf5.Open() < 0)
                throw new Hdf5Exception($"{NativeHdf5.Library} could not be started.");
            _handle = handle;
        }
    }

    /// <summary>The value of one of the library's variables, such as <c>H5T_STD_I32LE_g</c>; valid only after the library was started.</summary>
    public static long Variable(string name) => *(long*)NativeLibrary.GetExport(_handle, name);

    /// <summary>Throws when a call failed, with the library's innermost reason.</summary>
    public static long Check(long result, string path, string action) => result >= 0 ? result : throw Failure(path, action);

    /// <summary>The exception for a call that just failed.</summary>
    public static Hdf5Exception Failure(string path, string action) => new(path, $"{path}: cannot {action}: {InnermostReason()}");

    private static string InnermostReason()
    {
        var reasons = new List<string>();
        var handle = GCHandle.Alloc(reasons);
        try
        {
            // Direction 0: from the innermost function outwards.
            _ = NativeHdf5.WalkErrors(0, 0, &Visit, (void*)GCHandle.ToIntPtr(handle));
            _ = NativeHdf5.ClearErrors(0);
        }
        finally
        {
            handle.Free();
        }

        return reasons.Count == 0 ? "the HDF5 library gives no reason" : reasons[0];
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Visit(uint number, NativeHdf5.ErrorEntry* entry, void* data)
    {
        if (GCHandle.FromIntPtr((nint)data).Target is List<string> reasons && entry->Description is not null)
            reasons.Add(Marshal.PtrToStringUTF8((nint)entry->Description) ?? "");
        return 0;
    }
}
