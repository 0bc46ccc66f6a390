using System.Globalization;

namespace Sequencer.Core.Observing;

/// <summary>Names and ids of a frame: <c>IMAGES/FIELD/CAMERA/SEQUENCE/START.fits</c>.</summary>
/// <param name="PanId">The unit.</param>
/// <param name="FieldName">Field name as folders carry it.</param>
/// <param name="CameraUid">Camera id.</param>
/// <param name="SeqTime">Start of the visit, flat UTC.</param>
/// <param name="Stem">File name without extension: the start of the exposure, flat UTC, or <c>pointing00</c>.</param>
/// <param name="StartTime">Start of the exposure, flat UTC: names the image.</param>
public sealed record FrameName(string PanId, string FieldName, string CameraUid, string SeqTime, string Stem, string StartTime)
{
    /// <summary><c>PAN000_14d3bd_20160813T100000</c>.</summary>
    public string SequenceId => $"{PanId}_{CameraUid}_{SeqTime}";

    /// <summary><c>PAN000_14d3bd_20160813T100210</c>.</summary>
    public string ImageId => $"{PanId}_{CameraUid}_{StartTime}";

    /// <summary>Flat time: UTC as <c>YYYYMMDDTHHMMSS</c>, fractions cut off.</summary>
    public static string Flat(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    /// <summary>Folder of the frame below <paramref name="images"/>.</summary>
    public string Folder(string images) => Path.Combine(images, FieldName, CameraUid, SeqTime);

    /// <summary>A path that does not exist yet: two exposures may start within one second.</summary>
    public string FreePath(string images)
    {
        var folder = Folder(images);
        var path = Path.Combine(folder, $"{Stem}.fits");
        for (var n = 2; File.Exists(path) || File.Exists(path + ".fz"); n++) path = Path.Combine(folder, $"{Stem}_{n}.fits");
        return path;
    }
}
