using Alpaca.Astronomy.Clocks;
using DataServices.Fits;
using Sequencer.Core.Configuration;
using Sequencer.Core.Records;
using Sequencer.Imaging;

namespace Sequencer.Core.Observing;

/// <summary>The background steps of a frame: preview, compression, records. Each may fail without the others.</summary>
public sealed class FrameSteps(ObservationsOptions options, string images, FrameProcessor processor, RecordStore records, TimeProvider clock, Journal journal)
{
    /// <summary>Picture of the newest frame of the primary camera.</summary>
    public string Preview { get; } = Path.Combine(images, "latest.png");

    /// <summary>Queues the steps of a frame.</summary>
    public void Enqueue(WrittenFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var path = frame.Exposure.Path;
        var name = Path.GetFileName(path);
        if (options.MakePrettyImages && frame.Exposure.IsPrimary)
            processor.TryEnqueue($"Preview of {name}", async () => await clock.ComputeAsync(() => PreviewWriter.Write(Preview, ImageFrame.FromFits(path))));
        if (options.CompressFits && frame.Kind != "pointing")
            processor.TryEnqueue($"Compression of {name}", () => CompressAsync(path));
        if (options.RecordObservations)
            processor.TryEnqueue($"Record of {name}", () => RecordAsync(frame));
    }

    /// <summary>The lossless compressed file takes the place of the plain one, which goes only when the new one is whole.</summary>
    private async Task CompressAsync(string path)
    {
        var compressed = path + ".fz";
        await clock.ComputeAsync(() =>
        {
            using (var file = FitsFile.Open(path))
            {
                var hdu = file.FirstImage();
                var pixels = file.ReadPixels<ushort>(hdu.Index);
                var header = file.ReadHeader(hdu.Index);
                FitsWriter.Write(compressed, target => target.AppendImage<ushort>(pixels, [.. hdu.Shape], header, FitsWriteOptions.Rice));
            }

            File.Delete(path);
        });
        journal.Write("frame.compressed", ("from", journal.Relative(path)), ("file", journal.Relative(compressed)));
    }

    private async Task RecordAsync(WrittenFrame frame)
    {
        var compressed = frame.Exposure.Path + ".fz";
        var path = File.Exists(compressed) ? compressed : frame.Exposure.Path;
        var record = new Dictionary<string, object?>(frame.Exposure.Metadata) { ["filepath"] = path, ["status"] = "complete" };
        await clock.ComputeAsync(() =>
        {
            records.InsertCurrent("images", record);
            records.Insert("observations", record);
        });
    }
}
