namespace DataServices.Hipercam;

/// <summary>Readout programs of the two cameras, by the name in the run's XML, and the modes they stand for.</summary>
internal static class UltracamApplication
{
    private static readonly Dictionary<string, UltracamMode> _modes = new(StringComparer.Ordinal)
    {
        ["ap8_250_driftscan"] = UltracamMode.Drift,
        ["ap8_driftscan"] = UltracamMode.Drift,
        ["ap_drift_bin2"] = UltracamMode.Drift,
        ["appl8_driftscan_cfg"] = UltracamMode.Drift,
        ["ap5_250_window1pair"] = UltracamMode.OnePair,
        ["ap5_window1pair"] = UltracamMode.OnePair,
        ["ap_win2_bin8"] = UltracamMode.OnePair,
        ["ap_win2_bin2"] = UltracamMode.OnePair,
        ["appl5_window1pair_cfg"] = UltracamMode.OnePair,
        ["ap5b_250_window1pair"] = UltracamMode.OnePairClear,
        ["appl5b_window1pair_cfg"] = UltracamMode.OnePairClear,
        ["ap6_250_window2pair"] = UltracamMode.TwoPair,
        ["ap6_window2pair"] = UltracamMode.TwoPair,
        ["ap_win4_bin1"] = UltracamMode.TwoPair,
        ["ap_win4_bin8"] = UltracamMode.TwoPair,
        ["appl6_window2pair_cfg"] = UltracamMode.TwoPair,
        ["ap7_250_window3pair"] = UltracamMode.ThreePair,
        ["ap7_window3pair"] = UltracamMode.ThreePair,
        ["appl7_window3pair_cfg"] = UltracamMode.ThreePair,
        ["ap3_250_fullframe"] = UltracamMode.FullFrameClear,
        ["ap3_fullframe"] = UltracamMode.FullFrameClear,
        ["appl3_fullframe_cfg"] = UltracamMode.FullFrameClear,
        ["appl4_frameover_cfg"] = UltracamMode.OverscanClear,
        ["ap4_frameover"] = UltracamMode.OverscanClear,
        ["appl10_frameover_mindead_cfg"] = UltracamMode.OverscanNoClear,
        ["ap9_250_fullframe_mindead"] = UltracamMode.FullFrameNoClear,
        ["ap9_fullframe_mindead"] = UltracamMode.FullFrameNoClear,
        ["appl9_fullframe_mindead_cfg"] = UltracamMode.FullFrameNoClear,
        ["ccd201_winbin_con"] = UltracamMode.Windows,
        ["ccd201_winbin_cfg"] = UltracamMode.Windows,
        ["ccd201_driftscan_cfg"] = UltracamMode.WindowDrift,
        ["ap1_poweron"] = UltracamMode.Power,
        ["ap1_250_poweron"] = UltracamMode.Power,
        ["ap2_250_poweroff"] = UltracamMode.Power,
        ["appl1_pon_cfg"] = UltracamMode.Power,
        ["appl2_pof_cfg"] = UltracamMode.Power,
        ["ccd201_pon_cfg"] = UltracamMode.Power,
        ["ccd201_pof_cfg"] = UltracamMode.Power,
    };

    public static UltracamMode? ModeOf(string application) => _modes.TryGetValue(application, out var mode) ? mode : null;

    /// <summary>The observers' name of a mode.</summary>
    public static string NameOf(UltracamMode mode, int windows) => mode switch
    {
        UltracamMode.FullFrameClear => "FFCLR",
        UltracamMode.FullFrameNoClear => "FFNCLR",
        UltracamMode.OverscanClear => "FFOVER",
        UltracamMode.OverscanNoClear => "FFOVNC",
        UltracamMode.OnePair => "1-PAIR",
        UltracamMode.OnePairClear => "1-PCLR",
        UltracamMode.TwoPair => "2-PAIR",
        UltracamMode.ThreePair => "3-PAIR",
        UltracamMode.Drift => "DRIFT",
        UltracamMode.Windows => $"USPEC-{windows}",
        UltracamMode.WindowDrift => "UDRIFT",
        _ => "PONOFF",
    };
}
