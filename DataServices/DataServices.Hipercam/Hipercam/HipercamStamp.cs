using System.Buffers.Binary;

namespace DataServices.Hipercam;

/// <summary>The timing block at the end of a HiPERCAM frame, as the GPS receiver gave it.</summary>
/// <param name="FrameCount">Frames since the start of the run, from 0.</param>
/// <param name="TimeStampCount">Time stamps since the start of the run.</param>
/// <param name="Year">Calendar year.</param>
/// <param name="DayOfYear">From 1.</param>
/// <param name="Hour">0 to 23.</param>
/// <param name="Minute">0 to 59.</param>
/// <param name="Second">0 to 60.</param>
/// <param name="Nanosecond">0 to 999 999 999.</param>
/// <param name="Satellites">Satellites tracked; -1 with <paramref name="Synced"/> -1: there is no receiver.</param>
/// <param name="Synced">Not 0 while the clock is held by the receiver.</param>
public readonly record struct HipercamStamp(
    uint FrameCount, uint TimeStampCount, uint Year, uint DayOfYear, uint Hour, uint Minute, uint Second, uint Nanosecond, sbyte Satellites, sbyte Synced)
{
    /// <summary>Length of the block at the end of a frame, in bytes. The last two carry nothing.</summary>
    public const int Length = 36;

    private const int Words = 17;

    /// <summary>Whether the clock was held by the receiver.</summary>
    public bool IsSynced => !(Satellites == -1 && Synced == -1) && Synced != 0;

    /// <summary>Whether the fields are a date and time.</summary>
    public bool IsDate => Year is >= 1582 and <= 2200 && DayOfYear is >= 1 and <= 366 && Hour <= 23 && Minute <= 59 && Second <= 60 && Nanosecond < 1_000_000_000;

    /// <summary>Frame number from 1; 0 when the count cannot be one.</summary>
    public int Number => FrameCount < int.MaxValue ? (int)FrameCount + 1 : 0;

    /// <summary>Decodes the last <see cref="Length"/> bytes of a frame.</summary>
    public static HipercamStamp Decode(ReadOnlySpan<byte> block)
    {
        if (block.Length != Length)
            throw new ArgumentException($"A timing block has {Length} bytes, not {block.Length}.", nameof(block));
        Span<byte> bytes = stackalloc byte[2 * Words];
        for (var i = 0; i < Words; i++)
        {
            // Stored with the offset of FITS' unsigned integers, as pixels are.
            var word = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(block[(2 * i)..]) ^ 0x8000);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * i)..], word);
        }

        return new HipercamStamp(
            Field(bytes, 0), Field(bytes, 1), Field(bytes, 2), Field(bytes, 3), Field(bytes, 4), Field(bytes, 5), Field(bytes, 6), Field(bytes, 7),
            (sbyte)bytes[32], (sbyte)bytes[33]);
    }

    /// <summary>The time of the stamp; without a date, seconds of MJD 51544 by the frame's number, never to be trusted.</summary>
    public FrameTime Time(double exposureTime)
    {
        if (!IsDate)
        {
            var standIn = UtcInstant.FromNanoseconds(UtcInstant.Year2000.MjdDay, Number * 1_000_000_000L);
            return new FrameTime(standIn, exposureTime, false, $"the stamp is not a date: {Year}-{DayOfYear} {Hour}:{Minute}:{Second}.{Nanosecond:000000000}");
        }

        var day = UtcInstant.MjdOf((int)Year, 1, 1) + (int)DayOfYear - 1;
        var nanosecond = (Hour * 3600L + Minute * 60L + Second) * 1_000_000_000 + Nanosecond;
        var time = UtcInstant.FromNanoseconds(day, nanosecond);
        // The same steps as the instrument's pipeline takes, so that its numbers come out to the last bit.
        var fraction = time.MjdDay == day ? (Hour + Minute / 60.0 + (Second + Nanosecond / 1e9) / 3600) / 24 : time.MjdFraction;
        return new FrameTime(time, fraction, exposureTime, IsSynced, IsSynced ? "" : "the clock was not held by GPS");
    }

    private static uint Field(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * index)..]);
}
