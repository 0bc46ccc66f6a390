using System.Diagnostics;

namespace DataServices.Fits.Tests;

/// <summary>An executable script that stands in for a program.</summary>
internal static class ShellScript
{
    /// <summary>Writes it. Another process copies it to its place: a file that this one has open for writing may still be open in a child that another test is just starting, and
    /// Linux refuses to run it then (ETXTBSY).</summary>
    public static string Create(string path, string text)
    {
        var draft = path + ".draft";
        File.WriteAllText(draft, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var copy = Process.Start("cp", ["-p", draft, path]);
        copy.WaitForExit();
        return path;
    }
}
