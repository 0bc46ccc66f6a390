using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Alpaca.Astronomy.Clocks;

/// <summary>
/// The memory an accelerated clock stands on, shared by all processes that opened the same file (or private without one).
/// </summary>
/// <remarks>
/// Layout (native byte order): a word of magic, the lock owner's process id, a sequence word, the nominal rate, the leash, then two epochs
/// (real timestamp, virtual UTC ticks, held or not), the hold slots (process id, count) and each slot's grant. The sequence word selects the
/// epoch in force (bit 1) and says that a change is under way (bit 0); a change writes the other epoch first, so a writer that dies leaves the
/// old one whole.
/// A process that waits for time to pass grants it, a few real milliseconds at a time; the leash is the earliest end of all grants, and
/// accelerated time stands still there. So a process that gets no processor for a while stops the night instead of missing minutes of it.
/// Real timestamps are <see cref="TimeProvider.System"/>'s, which on Linux is CLOCK_MONOTONIC and so the same in every process.
/// </remarks>
internal sealed unsafe class ClockState
{
    public const int Slots = 64;

    private const long Magic = 0x32_4B_4C_43_41_50_4C_41; // "ALPACLK2"
    private const int EpochsAt = 64;
    private const int EpochSize = 24;
    private const int SlotsAt = 128;
    private const int SlotSize = 8;
    private const int GrantsAt = SlotsAt + (Slots * SlotSize);
    private const int Size = GrantsAt + (Slots * sizeof(long));
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

    /// <summary>The real timestamp at which accelerated time stands still unless it is moved on.</summary>
    private ref long Leash => ref Unsafe.AsRef<long>(_memory + 32);

    /// <summary>True if some process has let its grant run out.</summary>
    public bool Stalled => TimeProvider.System.GetTimestamp() > Volatile.Read(ref Leash);

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
                var isHeld = epoch[2] != 0;
                var now = Reading(epoch, real);
                Interlocked.MemoryBarrier();
                if (Volatile.Read(ref Sequence) == before)
                {
                    held = isHeld;
                    rate = isHeld ? 1 : NominalRate;
                    return now;
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
                Grant(i) = long.MaxValue;
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

    /// <summary>Lets time pass until a real timestamp as far as this slot is concerned; <see cref="long.MaxValue"/> for a slot that waits for nothing.</summary>
    public void SetGrant(int slot, long until)
    {
        Lock();
        try
        {
            Grant(slot) = until;
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
            Clear(slot);
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
                if (Pid(i) != 0 && !ProcessLife.IsAlive(Pid(i))) Clear(i);
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
        Unsafe.Write(memory + 32, long.MaxValue);
        for (var i = 0; i < Slots; i++) Unsafe.Write(memory + GrantsAt + (i * sizeof(long)), long.MaxValue);
        var epoch = (long*)(memory + EpochsAt);
        epoch[0] = TimeProvider.System.GetTimestamp();
        epoch[1] = start.UtcTicks;
    }

    private long* EpochOf(long sequence) => (long*)(_memory + EpochsAt + (((sequence >> 1) & 1) * EpochSize));

    private ref int Pid(int slot) => ref Unsafe.AsRef<int>(_memory + SlotsAt + (slot * SlotSize));

    private ref int Count(int slot) => ref Unsafe.AsRef<int>(_memory + SlotsAt + (slot * SlotSize) + 4);

    private ref long Grant(int slot) => ref Unsafe.AsRef<long>(_memory + GrantsAt + (slot * sizeof(long)));

    private void Clear(int slot)
    {
        Pid(slot) = Count(slot) = 0;
        Grant(slot) = long.MaxValue;
    }

    /// <summary>Virtual UTC ticks at a real timestamp on an epoch.</summary>
    private long Reading(long* epoch, long real)
    {
        var isHeld = epoch[2] != 0;
        var elapsed = Math.Max(0, (isHeld ? real : Math.Min(real, Volatile.Read(ref Leash))) - epoch[0]);
        return epoch[1] + (long)(elapsed * (isHeld ? 1 : NominalRate) * ((double)TimeSpan.TicksPerSecond / TimeProvider.System.TimestampFrequency));
    }

    /// <summary>Brings the epoch in line with holds and grants; time itself neither jumps nor goes back.</summary>
    private void Rebase()
    {
        var sequence = Volatile.Read(ref Sequence) & ~1L;
        var held = false;
        var leash = long.MaxValue;
        for (var i = 0; i < Slots; i++)
        {
            held |= Count(i) > 0;
            leash = Math.Min(leash, Grant(i));
        }

        var old = EpochOf(sequence);
        var wasHeld = old[2] != 0;
        if (held == wasHeld && (held || TimeProvider.System.GetTimestamp() < Math.Min(leash, Volatile.Read(ref Leash))))
        {
            // Time was not standing still at the leash, so a longer or shorter one ahead changes nothing now.
            Volatile.Write(ref Leash, leash);
            return;
        }

        // Readers wait from here on, so none of them can take a later instant on the old epoch.
        Interlocked.Exchange(ref Sequence, sequence | 1);
        var real = TimeProvider.System.GetTimestamp();
        var next = EpochOf(sequence + 2);
        next[1] = Reading(old, real);
        next[0] = real;
        next[2] = held ? 1 : 0;
        Volatile.Write(ref Leash, leash);
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
