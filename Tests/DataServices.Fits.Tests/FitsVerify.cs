using System.Diagnostics;

namespace DataServices.Fits.Tests;

/// <summary>The independent judge of what we write: HEASARC's fitsverify (Debian package fitsverify).</summary>
internal static class FitsVerify
{
    private const string Program = "/usr/bin/fitsverify";

    public static bool IsInstalled => System.IO.File.Exists(Program);

    /// <summary>Fails with fitsverify's own report unless it finds neither errors nor warnings.</summary>
    public static void AssertClean(string path)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, [path]) { RedirectStandardOutput = true })!;
        var report = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(report.Contains("found 0 warning(s) and 0 error(s)", StringComparison.Ordinal), report);
    }
}

/// <summary>A test that is skipped, with the reason shown, where fitsverify is not installed.</summary>
internal sealed class FitsVerifyFactAttribute : FactAttribute
{
    public FitsVerifyFactAttribute()
    {
        if (!FitsVerify.IsInstalled)
            Skip = "fitsverify is not installed (apt install fitsverify)";
    }
}
