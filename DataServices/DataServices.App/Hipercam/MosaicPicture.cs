using DataServices.Hipercam;

namespace DataServices.App.Hipercam;

/// <summary>Lays the chips of a frame side by side, three in a row, each window where it lies on its chip, at the frame's binning.</summary>
internal static class MosaicPicture
{
    private const int Columns = 3;
    private const int Gap = 8;

    /// <summary>Row after row from the bottom; what no window covers is not a number.</summary>
    public static (float[] Pixels, int Width, int Height) Of(Mccd frame)
    {
        var windows = frame.Ccds.SelectMany(ccd => ccd.Windows).Select(window => window.Geometry).Where(window => window.Nx > 0 && window.Ny > 0).ToList();
        if (windows.Count == 0)
            throw new RunException($"frame {frame.Number} has no pixels to be shown.");
        int xbin = windows.Min(window => window.XBin), ybin = windows.Min(window => window.YBin);
        int left = windows.Min(window => window.Llx), bottom = windows.Min(window => window.Lly);
        int chipWidth = (windows.Max(window => window.Urx) - left) / xbin + 1, chipHeight = (windows.Max(window => window.Ury) - bottom) / ybin + 1;
        int columns = Math.Min(Columns, frame.Ccds.Count), rows = (frame.Ccds.Count + Columns - 1) / Columns;
        int width = columns * (chipWidth + Gap) - Gap, height = rows * (chipHeight + Gap) - Gap;
        if ((long)width * height > 1 << 28)
            throw new RunException($"frame {frame.Number}: a picture of {width} x {height} pixels is too large.");

        var pixels = new float[width * height];
        Array.Fill(pixels, float.NaN);
        for (var i = 0; i < frame.Ccds.Count; i++)
        {
            int x0 = i % Columns * (chipWidth + Gap), y0 = (rows - 1 - i / Columns) * (chipHeight + Gap);
            foreach (var window in frame.Ccds[i].Windows)
            {
                var line = new float[window.Nx];
                int x = x0 + (window.Geometry.Llx - left) / xbin, y = y0 + (window.Geometry.Lly - bottom) / ybin;
                for (var row = 0; row < window.Ny; row++)
                {
                    window.CopyRow(row, line);
                    line.CopyTo(pixels, (y + row) * width + x);
                }
            }
        }

        return (pixels, width, height);
    }
}
