using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>The cards of one window in a .hcm file, with those that place it on its chip and on a mosaic of all chips (IRAF and DS9 conventions).</summary>
internal static class HcmCards
{
    private const int MosaicColumns = 3;
    private const int MosaicGap = 200;

    /// <summary>Where the chips of a frame stand on the mosaic: three in a row with a gap between their pads, the next row below.</summary>
    public static IReadOnlyList<(int X, int Y)> Mosaic(IReadOnlyList<Ccd> ccds)
    {
        var places = new List<(int X, int Y)>();
        int x = 0, y = 0;
        foreach (var ccd in ccds)
        {
            places.Add((x, y));
            var endsRow = places.Count % MosaicColumns == 0;
            x = endsRow ? 0 : x + ccd.Size.NxMax + 2 * ccd.Size.NxPad + MosaicGap;
            y -= endsRow ? ccd.Size.NyMax + 2 * ccd.Size.NyPad + MosaicGap : 0;
        }

        return places;
    }

    public static FitsHeader Of(Ccd ccd, (int X, int Y) place, Window window, bool isFirst, int windows)
    {
        var g = window.Geometry;
        var header = new FitsHeader().Set("CCD", ccd.Label, "CCD label");
        if (isFirst)
        {
            header.Set("NXTOT", ccd.Size.NxMax, "unbinned columns").Set("NYTOT", ccd.Size.NyMax, "unbinned rows").Set("NUMWIN", windows, "number of windows")
                .Set("NXPAD", ccd.Size.NxPad, "pad in x").Set("NYPAD", ccd.Size.NyPad, "pad in y");
        }

        header.Set("WINDOW", g.Label, "window label").Set("LLX", g.Llx, "column of lower left pixel").Set("LLY", g.Lly, "row of lower left pixel")
            .Set("XBIN", g.XBin, "binning in x").Set("YBIN", g.YBin, "binning in y").Set("OUTAMP", g.OutAmp, "output amplifier");
        if (isFirst)
            Add(header, ccd.Header);
        Add(header, window.Header);
        return AddMosaic(header, ccd, place, g);
    }

    private static void Add(FitsHeader header, FitsHeader cards)
    {
        foreach (var card in cards)
        {
            if (!card.IsCommentary && !header.Contains(card.Keyword))
                header.Add(card);
        }
    }

    private static FitsHeader AddMosaic(FitsHeader header, Ccd ccd, (int X, int Y) place, WindowGeometry g)
    {
        var part = Section(1, g.Nx, 1, g.Ny);
        double ltv1 = 1 - (g.Llx + (g.XBin - 1) / 2.0) / g.XBin, ltv2 = 1 - (g.Lly + (g.YBin - 1) / 2.0) / g.YBin;
        return header.Set("CCDSUM", $"{g.XBin} {g.YBin}", "binning").Set("CCDSEC", part, "binned pixels here").Set("AMPSEC", part, "binned pixels of the amplifier")
            .Set("DATASEC", Section(g.Llx, g.Urx, g.Lly, g.Ury), "place on the chip")
            .Set("DETSEC", Section(place.X + g.Llx, place.X + g.Urx, place.Y + g.Lly, place.Y + g.Ury), "place on the mosaic")
            .Set("ATM1_1", 1.0).Set("ATM2_2", 1.0).Set("ATV1", 0.0).Set("ATV2", 0.0)
            .Set("LTM1_1", 1.0 / g.XBin).Set("LTM2_2", 1.0 / g.YBin).Set("LTV1", ltv1).Set("LTV2", ltv2)
            .Set("DTM1_1", 1.0).Set("DTM2_2", 1.0).Set("DTV1", (double)place.X).Set("DTV2", (double)place.Y)
            .Set("WCSNAMEP", "PHYSICAL").Set("CTYPE1", "PIXEL").Set("CTYPE2", "PIXEL").Set("CRPIX1", 1.0).Set("CRPIX2", 1.0)
            .Set("CRVAL1", (double)(place.X + g.Llx)).Set("CRVAL2", (double)(place.Y + g.Lly)).Set("CD1_1", (double)g.XBin).Set("CD2_2", (double)g.YBin)
            .Set("EXTNAME", $"C:{ccd.Label}, W:{g.Label}", "name of this extension");
    }

    private static string Section(int llx, int urx, int lly, int ury) => $"[{llx}:{urx},{lly}:{ury}]";
}
