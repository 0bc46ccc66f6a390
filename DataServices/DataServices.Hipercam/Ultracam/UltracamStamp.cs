using System.Buffers.Binary;

namespace DataServices.Hipercam;

/// <summary>The timing at the start of an ULTRACAM or ULTRASPEC frame: when the previous readout began, by GPS.</summary>
/// <param name="Number">Frame number from 1, as the camera counted.</param>
/// <param name="Time">The moment.</param>
/// <param name="IsGood">Whether the receiver was trustworthy.</param>
/// <param name="Reason">Why not.</param>
/// <param name="IsBlueJunk">Whether the blue chip was not read out properly in this frame (it skips frames).</param>
/// <param name="IsPastMidnight">Whether the receiver's date was a day behind and was corrected.</param>
/// <param name="HasDate">Whether the receiver gave a date; without satellites it did not.</param>
public readonly record struct UltracamStamp(
    int Number, UtcInstant Time, bool IsGood, string Reason, bool IsBlueJunk, bool IsPastMidnight, bool HasDate = true)
{
    private const int DaysTo1970 = 40587;
    private static readonly int _may2002 = UtcInstant.MjdOf(2002, 5, 12);
    private static readonly int _september2002 = UtcInstant.MjdOf(2002, 9, 8);

    internal static UltracamStamp Decode(ReadOnlySpan<byte> block, UltracamRun run, UltracamStamp? previous) =>
        run.TimingFormat == 2 ? DecodeStatus(block, run) : DecodeCalendar(block, run, previous);

    private static UltracamStamp DecodeStatus(ReadOnlySpan<byte> block, UltracamRun run)
    {
        var seconds = BinaryPrimitives.ReadUInt32LittleEndian(block[12..]);
        var hundreds = BinaryPrimitives.ReadUInt32LittleEndian(block[16..]);
        var time = UtcInstant.FromNanoseconds(DaysTo1970, seconds * 1_000_000_000L + hundreds * 100L);
        var status = BinaryPrimitives.ReadUInt16LittleEndian(block[24..]);
        var exposure = BinaryPrimitives.ReadUInt32LittleEndian(block[8..]);
        var reason = (status & 0x0200) != 0 ? "GPS antenna failed"
            : (status & 0x80) != 0 ? "GPS battery disconnected"
            : (status & 0x04) == 0 ? "GPS was never synchronised"
            : (status & 0x01) != 0 ? "GPS is running free"
            : exposure != run.ExposureUnits ? $"the frame's exposure of {exposure} units is not the {run.ExposureUnits} of the run"
            : "";
        return new UltracamStamp(FrameNumber(block), time, reason.Length == 0, reason, IsJunk(block, run, 4), false);
    }

    private static UltracamStamp DecodeCalendar(ReadOnlySpan<byte> block, UltracamRun run, UltracamStamp? previous)
    {
        var seconds = Counter(block[9..]);
        var nanoseconds = Counter(block[13..]);
        int day = block[17], month = block[18], year = BinaryPrimitives.ReadUInt16LittleEndian(block[19..]);
        var satellites = BinaryPrimitives.ReadInt16LittleEndian(block[21..]);
        var reason = satellites == -1 ? "no satellites" : satellites <= 2 ? $"only {satellites} satellites" : "";
        if (month == 9 && year == 263)
            year = 2002;

        var number = FrameNumber(block);
        var sinceWeek = seconds * 1_000_000_000L + nanoseconds;
        UtcInstant time;
        if (satellites == -1)
        {
            time = UtcInstant.FromNanoseconds(UtcInstant.Year2000.MjdDay, sinceWeek);
        }
        else if (run.IsMay2002)
        {
            time = May2002(sinceWeek, previous is { } before && before.Number + 1L == number ? before.Time : null);
        }
        else if (year < 2002)
        {
            time = UtcInstant.FromNanoseconds(_september2002, sinceWeek);
        }
        else if (month is < 1 or > 12 || year > 2200 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            reason = $"the stamp is not a date: {year}-{month}-{day}";
            return new UltracamStamp(number, UtcInstant.Year2000, false, reason, IsJunk(block, run, 3), false);
        }
        else
        {
            time = month == 9 && year == 2002
                ? UtcInstant.FromNanoseconds(September2002(day, seconds), sinceWeek)
                : UtcInstant.FromNanoseconds(UtcInstant.MjdOf(year, month, day), seconds % 86400 * 1_000_000_000L + nanoseconds);
        }

        // The receiver changed the date a little late: the seconds of the week tell.
        var isPastMidnight = (time.MjdDay - 3) % 7 == seconds / 86400 % 7;
        if (isPastMidnight)
            time = time with { MjdDay = time.MjdDay + 1 };
        return new UltracamStamp(number, time, reason.Length == 0, reason, IsJunk(block, run, 3), isPastMidnight, satellites != -1);
    }

    // The first run on the sky had no date in its stamps, only seconds of a week, and a clock that once jumped by ten seconds.
    private static UtcInstant May2002(long sinceWeek, UtcInstant? previous)
    {
        var time = UtcInstant.FromNanoseconds(_may2002, sinceWeek);
        if (time.MjdDay < _may2002 + 4)
            time = time with { MjdDay = time.MjdDay + 7 };
        return previous is { } before && time.SecondsSince(before) < 0 ? time.AddSeconds(10) : time;
    }

    // Start of the week the seconds count from. Near its ends day and seconds may be of different weeks.
    private static int September2002(int day, uint seconds)
    {
        var days = UtcInstant.MjdOf(2002, 9, day) - _september2002;
        var week = (int)Math.Floor(days / 7.0);
        var rest = days - 7 * week;
        if (rest > 3 && seconds < 2 * 86400)
            week++;
        else if (rest <= 3 && seconds > 5 * 86400)
            week--;
        return _september2002 + 7 * week;
    }

    // All bits set: the receiver had no value.
    private static uint Counter(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes) is var value and not uint.MaxValue ? value : 0;

    private static int FrameNumber(ReadOnlySpan<byte> block) => (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(block[4..]));

    private static bool IsJunk(ReadOnlySpan<byte> block, UltracamRun run, int bit) => run.BlueSkip > 1 && (block[0] >> bit & 1) != 0;
}
