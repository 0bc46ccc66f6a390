using System.Runtime.InteropServices;

namespace DataServices.Fits;

/// <summary>
/// The block of C memory a file in memory lives in. cfitsio keeps pointers to the variables that hold its address and size and changes
/// them when the block grows, so they have to stay in one place until the file is closed.
/// </summary>
internal sealed unsafe class FitsMemory : IDisposable
{
    private State* _state;

    /// <param name="size">Bytes at the start; the block grows as needed.</param>
    public FitsMemory(int size)
    {
        _state = (State*)NativeMemory.AllocZeroed((nuint)sizeof(State));
        _state->Block = NativeMemory.Alloc((nuint)size);
        _state->Size = (nuint)size;
    }

    /// <summary>Where cfitsio finds and changes the block's address.</summary>
    public void** Block => &_state->Block;

    /// <summary>Where cfitsio finds and changes its size.</summary>
    public nuint* Size => &_state->Size;

    /// <summary>The first bytes of the block; it may be larger than what the file uses.</summary>
    public Span<byte> Bytes => new(_state->Block, checked((int)_state->Size));

    /// <summary>The C library's realloc, which is what <see cref="NativeMemory"/> allocates with.</summary>
    public static nint Reallocate { get; } = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "realloc");

    public void Dispose()
    {
        if (_state is null)
            return;
        NativeMemory.Free(_state->Block);
        NativeMemory.Free(_state);
        _state = null;
    }

    private struct State
    {
        public void* Block;
        public nuint Size;
    }
}
