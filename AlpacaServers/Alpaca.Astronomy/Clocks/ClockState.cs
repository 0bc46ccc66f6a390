using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Alpaca.Astronomy.Clocks;

/// <summary>
/// The memory an accelerated clock stands on, shared by all processes that opened the same file (or private without one).
/// </summary>
/// <remarks>
/// Layout (native byte order): a word of magic, the lock owner's process id, a sequence word, the nominal rate, then two epochs
/// (real timestamp, virtual UTC ticks, held or not) and the hold slots (process id, count). The sequence word selects the epoch in force
/// (bit 1) and says that a change is under way (bit 0); a change writes the other epoch first, so a writer that dies leaves the old one whole.
/// Real timestamps are <see cref="TimeProvider.System"/>'s, which on Linux is CLOCK_MONOTONIC and so the same in every process.
/// </remarks>
internal sealed unsafe class ClockState
{
    public const int Slots = 64;

    private const long Magic = 0x31_4B_4C_43_41_50_4C_41; // "ALPACLK1"
    private const int EpochsAt = 64;
    private const int EpochSize = 24;
    private const int SlotsAt = 128;
    private const int SlotSize = 8;
    private const int Size = SlotsAt + (Slots * SlotSize);
    private static readonly TimeSpan LockDeadline = TimeSpan.FromSeconds(5);

    private readonly byte* _memory;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;

    private ClockState(byte* memory, MemoryMappedFile? file, MemoryMappedViewAccessor? view)
    {
        _memory = memory;
        _file = file;
        _view = view;
    }

    // Freed only when nobody can read it any more: a late timer callback must never meet unmapped memory.
    ~ClockState()
    {
        if (_view is null)
        {
            NativeMemory.Free(_memory);
            return;
        }
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file?.Dispose();
    }

    public bool Shared => _view is not null;

    public double NominalRate => Unsafe.Read<double>(_memory + 24);

    private ref long Owner => ref Unsafe.AsRef<long>(_memory + 8);

    private ref long Sequence => ref Unsafe.AsRef<long>(_memory + 16);

    public static ClockState Private(DateTimeOffset start, double rate)
    {
        var memory = (byte*)NativeMemory.AllocZeroed(Size);
        var state = new ClockState(memory, null, null);
        Initialise(memory, start, rate);
        return state;
    }

    public static ClockState Create(string path, DateTimeOffset start, double rate)
    {
        var bytes = new byte[Size];
        fixed (byte* memory = bytes) Initialise(memory, start, rate);
        // A reader sees the file whole or not at all.
        var temporary = $"{path}.{Environment.ProcessId}.new";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, path, overwrite: true);
        return Open(path);
    }

    public static ClockState Open(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no clock file {path}. The process that starts the night creates it; start that first.", path);
        if (new FileInfo(path).Length != Size) throw new InvalidDataException($"{path} is not a clock file of this version: delete it and start again.");
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        var view = file.CreateViewAccessor(0, Size);
        byte* memory = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref memory);
        memory += view.PointerOffset;
        var state = new ClockState(memory, file, view);
        if (Unsafe.Read<long>(memory) != Magic) throw new InvalidDataException($"{path} is not a clock file of this version: delete it and start again.");
        return state;
    }

    /// <summary>Virtual UTC ticks at this moment, with the rate in force and whether it is held.</summary>
    public long Now(out double rate, out bool held)
    {
        var spin = default(SpinWait);
        while (true)
        {
            var before = Volatile.Read(ref Sequence);
            if ((before & 1) == 0)
            {
                var epoch = EpochOf(before);
                var real = TimeProvider.System.GetTimestamp();
                var (realEpoch, virtualEpoch, isHeld) = (epoch[0], epoch[1], epoch[2] != 0);
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref Sequence) == before)
                {
                    held = isHeld;
                    rate = isHeld ? 1 : NominalRate;
                    return virtualEpoch + (long)((real - realEpoch) * rate * ((double)TimeSpan.TicksPerSecond / TimeProvider.System.TimestampFrequency));
                }
            }
            // A change takes well under a microsecond: whoever spins long enough to yield many times looks whether the writer still lives.
            spin.SpinOnce(sleep1Threshold: -1);
            if (spin.Count % 200 == 199) BreakLockOfTheDead();
        }
    }

    /// <summary>Reserves a slot for this process.</summary>
    public int TakeSlot()
    {
        Lock();
        try
        {
            for (var i = 0; i < Slots; i++)
            {
                if (Pid(i) != 0 && ProcessLife.IsAlive(Pid(i))) continue;
                Pid(i) = Environment.ProcessId;
                Count(i) = 0;
                Rebase();
                return i;
            }
        }
        finally
        {
            Unlock();
        }
        throw new InvalidOperationException($"More than {Slots} processes use one clock file: end some of them.");
    }

    /// <summary>Adds to the holds of a slot and re-bases time when the first hold begins or the last one ends.</summary>
    public void AddHold(int slot, int change)
    {
        Lock();
        try
        {
            Count(slot) += change;
            Rebase();
        }
        finally
        {
            Unlock();
        }
    }

    /// <summary>Gives the slot and its holds back.</summary>
    public void FreeSlot(int slot)
    {
        Lock();
        try
        {
            Pid(slot) = Count(slot) = 0;
            Rebase();
        }
        finally
        {
            Unlock();
        }
    }

    /// <summary>Frees the slots of processes that ended without giving their holds back.</summary>
    public void Sweep()
    {
        Lock();
        try
        {
            for (var i = 0; i < Slots; i++)
                if (Pid(i) != 0 && !ProcessLife.IsAlive(Pid(i))) Pid(i) = Count(i) = 0;
            Rebase();
        }
        finally
        {
            Unlock();
        }
    }

    private static void Initialise(byte* memory, DateTimeOffset start, double rate)
    {
        Unsafe.Write(memory, Magic);
        Unsafe.Write(memory + 24, rate);
        var epoch = (long*)(memory + EpochsAt);
        epoch[0] = TimeProvider.System.GetTimestamp();
        epoch[1] = start.UtcTicks;
    }

    private long* EpochOf(long sequence) => (long*)(_memory + EpochsAt + (((sequence >> 1) & 1) * EpochSize));

    private ref int Pid(int slot) => ref Unsafe.AsRef<int>(_memory + SlotsAt + (slot * SlotSize));

    private ref int Count(int slot) => ref Unsafe.AsRef<int>(_memory + SlotsAt + (slot * SlotSize) + 4);

    private void Rebase()
    {
        var sequence = Volatile.Read(ref Sequence) & ~1L;
        var held = false;
        for (var i = 0; i < Slots; i++) held |= Count(i) > 0;
        var old = EpochOf(sequence);
        if (held == (old[2] != 0)) return;
        // Readers wait from here on, so none of them can take a later instant on the old epoch.
        Interlocked.Exchange(ref Sequence, sequence | 1);
        var real = TimeProvider.System.GetTimestamp();
        var rate = old[2] != 0 ? 1 : NominalRate;
        var next = EpochOf(sequence + 2);
        next[0] = real;
        next[1] = old[1] + (long)((real - old[0]) * rate * ((double)TimeSpan.TicksPerSecond / TimeProvider.System.TimestampFrequency));
        next[2] = held ? 1 : 0;
        Interlocked.Exchange(ref Sequence, sequence + 2);
    }

    private void Lock()
    {
        var spin = default(SpinWait);
        var start = TimeProvider.System.GetTimestamp();
        while (Interlocked.CompareExchange(ref Owner, Environment.ProcessId, 0) != 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            if (spin.Count % 200 != 199) continue;
            BreakLockOfTheDead();
            if (TimeProvider.System.GetElapsedTime(start) > LockDeadline)
                throw new TimeoutException($"Process {Volatile.Read(ref Owner)} has kept the clock file locked for {LockDeadline}: it is stopped or hangs; end it.");
        }
    }

    private void Unlock() => Interlocked.Exchange(ref Owner, 0);

    private void BreakLockOfTheDead()
    {
        var owner = Volatile.Read(ref Owner);
        if (owner == 0 || ProcessLife.IsAlive((int)owner)) return;
        if (Interlocked.CompareExchange(ref Owner, Environment.ProcessId, owner) != owner) return;
        // The epoch in force is whole; only the mark of a change under way may be left over.
        Interlocked.And(ref Sequence, ~1L);
        Unlock();
    }
}
