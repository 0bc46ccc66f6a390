using Sequencer.Core.Observing;
using Sequencer.Core.Records;
using Sequencer.Imaging;

namespace Sequencer.Core.Pointing;

/// <summary>How far the newest frame has drifted from the pointing image.</summary>
public sealed class FrameDrift(FrameWriter writer, RecordStore records, Journal journal)
{
    /// <summary>The offset of the newest frame of the primary camera against the pointing image, recorded as <c>offset_info</c>.</summary>
    /// <param name="target">Name of the target.</param>
    /// <param name="camera">Name of the primary camera.</param>
    /// <param name="newest">Its newest frame; null if there is none.</param>
    /// <returns>Null if there is no pointing image, or the frame could not be placed.</returns>
    public OffsetError? Analyze(string target, string camera, WrittenFrame? newest)
    {
        if (newest?.Solution is not { } solution || writer.Reference(camera, target) is not { } reference || ReferenceEquals(solution, reference)) return null;
        var offset = Between(reference, solution);
        records.InsertCurrent(
            "offset_info",
            new OrderedFields
            {
                { "image_id", newest.Exposure.ImageId },
                { "d_ra", offset.DeltaRa },
                { "d_dec", offset.DeltaDec },
                { "magnitude", offset.Magnitude },
                { "unit", "arcsec" },
            },
            permanent: false);
        journal.Solve(
            target, "drift", Math.Round(offset.Magnitude, 2), accepted: true,
            ("raArcsec", Math.Round(offset.DeltaRa, 2)), ("decArcsec", Math.Round(offset.DeltaDec, 2)), ("solver", solution.Solver));
        return offset;
    }

    private static OffsetError Between(PlateSolution reference, PlateSolution frame) => OffsetError.Between(reference.Centre, frame.Centre);
}
