namespace DataServices.Hipercam;

/// <summary>How exposures follow each other in a HiPERCAM run: from the header's times, all in seconds here.</summary>
/// <param name="Period">From one readout to the next.</param>
/// <param name="FirstOffset">From the stamp to the middle of the exposure, in the first frame.</param>
/// <param name="Offset">The same in the others.</param>
/// <param name="FirstExposure">Exposure of the first frame.</param>
/// <param name="Exposure">Exposure of the others.</param>
/// <param name="DeadTime">Lost between two exposures.</param>
public sealed record HipercamCycle(double Period, double FirstOffset, double Offset, double FirstExposure, double Exposure, double DeadTime)
{
    internal static HipercamCycle Of(RunCards cards, bool isDrift)
    {
        var delay = cards.Number("ESO DET TDELAY");
        var read = cards.Number("ESO DET TREAD");
        if (cards.Flag("ESO DET CLRCCD"))
        {
            var clear = cards.Number("ESO DET TCLEAR");
            return Milliseconds(read + clear + delay, delay / 2, delay / 2, delay, delay, read + clear);
        }

        if (isDrift)
        {
            var dump = cards.Number("ESO DET DRIFT TLINEDUMP");
            var shift = cards.Number("ESO DET DRIFT TLINESHIFT");
            var windows = cards.Integer("ESO DET DRIFT NWINS", 0, 10_000, missing: 0);
            var offset = delay + shift + (delay + dump + read) / 2 - windows * (delay + read + shift + dump);
            return Milliseconds(0, offset, offset, delay + read + dump, delay + read + dump, shift);
        }

        var transfer = cards.Number("ESO DET TFT");
        var readOnly = read - transfer;
        return Milliseconds(read + delay, delay / 2, (delay - readOnly) / 2, delay, readOnly + delay, transfer);
    }

    /// <summary>From the stamp to the middle of the exposure, and its length, in seconds.</summary>
    /// <param name="skips">Readouts skipped between two of this chip (NSKIP).</param>
    /// <param name="frame">Frame number from 1.</param>
    public (double Offset, double Exposure) At(int skips, int frame)
    {
        var isFirst = frame == skips + 1;
        return ((isFirst ? FirstOffset : Offset) - Period * skips / 2, Period * skips + (isFirst ? FirstExposure : Exposure));
    }

    private static HipercamCycle Milliseconds(double period, double first, double offset, double firstExposure, double exposure, double dead) =>
        new(period / 1000, first / 1000, offset / 1000, firstExposure / 1000, exposure / 1000, dead / 1000);
}
