using System.Globalization;
using DataServices.Hipercam;
using Spectre.Console;

namespace DataServices.App.Hipercam;

/// <summary>Frames as rows for people; written one by one, so that a live run shows as it comes.</summary>
internal static class FrameTable
{
    public static void WriteHead(IAnsiConsole console, string? setup)
    {
        if (setup is not null)
            console.WriteLine(setup);
        console.MarkupLine($"[bold]{"frame",7}  {"time (UTC)",-29}  {"exposure",10}  {"time is",-7}  {"lost",4}  chips: windows and mean (- no exposure)[/]");
    }

    public static void WriteRow(IAnsiConsole console, Mccd frame, IReadOnlyList<Ccd> ccds)
    {
        var line = FrameLine.Of(frame, ccds);
        var exposure = line.Exptime is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0000} s") : "";
        var good = line.GoodTime switch
        {
            true => "[green]good   [/]",
            false => "[yellow]bad    [/]",
            null => "       ",
        };
        var lost = line.Dropped > 0 ? $"[red]{line.Dropped,4}[/]" : $"{line.Dropped,4}";
        console.MarkupLine($"{line.Frame,7}  {line.Time,-29}  {exposure,10}  {good}  {lost}  {Markup.Escape(string.Join("  ", line.Ccds.Select(Describe)))}");
    }

    private static string Describe(CcdLine ccd)
    {
        var pixels = ccd.Windows.Sum(window => (double)window.Nx * window.Ny);
        return ccd.IsData && pixels > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{ccd.Label}: {ccd.Windows.Count} x {ccd.Windows.Sum(window => window.Sum ?? double.NaN) / pixels:0.0}")
            : $"{ccd.Label}: -";
    }
}
