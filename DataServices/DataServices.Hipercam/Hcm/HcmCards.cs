using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>The cards of one window in a .hcm file, with those that place it on its chip and on a mosaic of all chips (IRAF and DS9 conventions).</summary>
internal static class HcmCards
{
    private const int MosaicColumns = 3;
    private const int MosaicGap = 200;

    public static FitsHeader Of(Mccd frame, Ccd ccd, int index, Window window, bool isFirst)
    {
        var g = window.Geometry;
        var header = new FitsHeader().Set("CCD", ccd.Label, "CCD label");
        if (isFirst)
        {
            header.Set("NXTOT", ccd.Size.NxMax, "unbinned columns").Set("NYTOT", ccd.Size.NyMax, "unbinned rows").Set("NUMWIN", ccd.Windows.Count, "number of windows")
                .Set("NXPAD", ccd.Size.NxPad, "pad in x").Set("NYPAD", ccd.Size.NyPad, "pad in y");
        }

        header.Set("WINDOW", g.Label, "window label").Set("LLX", g.Llx, "column of lower left pixel").Set("LLY", g.Lly, "row of lower left pixel")
            .Set("XBIN", g.XBin, "binning in x").Set("YBIN", g.YBin, "binning in y").Set("OUTAMP", g.OutAmp, "output amplifier");
        if (isFirst)
            Add(header, ccd.Header);
        Add(header, window.Header);
        return AddMosaic(header, frame, ccd, index, g);
    }

    private static void Add(FitsHeader header, FitsHeader cards)
    {
        foreach (var card in cards)
        {
            if (!card.IsCommentary && !header.Contains(card.Keyword))
                header.Add(card);
        }
    }

    private static FitsHeader AddMosaic(FitsHeader header, Mccd frame, Ccd ccd, int index, WindowGeometry g)
    {
        // Chips stand three in a row, the next row below.
        int nx = frame.Ccds.Max(other => other.Size.NxMax), ny = frame.Ccds.Max(other => other.Size.NyMax);
        int x0 = index % MosaicColumns * (nx + MosaicGap), y0 = -(index / MosaicColumns) * (ny + MosaicGap);
        var section = Section(g.Llx, g.Urx, g.Lly, g.Ury);
        double ltv1 = 1 - (g.Llx + (g.XBin - 1) / 2.0) / g.XBin, ltv2 = 1 - (g.Lly + (g.YBin - 1) / 2.0) / g.YBin;
        return header.Set("EXTNAME", $"C:{ccd.Label}, W:{g.Label}", "name of this extension")
            .Set("CCDSUM", $"{g.XBin} {g.YBin}", "binning").Set("CCDSEC", section, "part of the chip").Set("AMPSEC", section, "part of the amplifier")
            .Set("DATASEC", section, "part with data").Set("DETSEC", Section(x0 + g.Llx, x0 + g.Urx, y0 + g.Lly, y0 + g.Ury), "part of the mosaic")
            .Set("ATM1_1", 1.0).Set("ATM2_2", 1.0).Set("ATV1", 0.0).Set("ATV2", 0.0)
            .Set("LTM1_1", 1.0 / g.XBin).Set("LTM2_2", 1.0 / g.YBin).Set("LTV1", ltv1).Set("LTV2", ltv2)
            .Set("DTM1_1", 1.0).Set("DTM2_2", 1.0).Set("DTV1", (double)x0).Set("DTV2", (double)y0)
            .Set("WCSNAMEP", "PHYSICAL").Set("CTYPE1", "PIXEL").Set("CTYPE2", "PIXEL").Set("CRPIX1", 1.0).Set("CRPIX2", 1.0)
            .Set("CRVAL1", x0 + g.Llx + (g.XBin - 1) / 2.0).Set("CRVAL2", y0 + g.Lly + (g.YBin - 1) / 2.0).Set("CD1_1", (double)g.XBin).Set("CD2_2", (double)g.YBin);
    }

    private static string Section(int llx, int urx, int lly, int ury) => $"[{llx}:{urx},{lly}:{ury}]";
}
