namespace DataServices.Hipercam;

/// <summary>Lists of .hcm files: one name a line, # and blank lines skipped, .hcm added where it is missing.</summary>
public static class HcmList
{
    /// <summary>Reads a list file. Names are relative to the current folder, or else to the list's.</summary>
    /// <exception cref="RunNotFoundException">There is no such list.</exception>
    public static IReadOnlyList<(string Name, string Path)> Read(string list)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(list);
        if (!File.Exists(list))
            throw new RunNotFoundException($"{list}: there is no such list.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        return [.. Clean(File.ReadLines(list)).Select(name => (name, Locate(name, folder)))];
    }

    /// <summary>The same for names in memory.</summary>
    public static IReadOnlyList<(string Name, string Path)> Of(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. Clean(names).Select(name => (name, Locate(name, Environment.CurrentDirectory)))];
    }

    private static IEnumerable<string> Clean(IEnumerable<string> lines) => lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    private static string Locate(string name, string folder)
    {
        var file = name.EndsWith(".hcm", StringComparison.Ordinal) ? name : name + ".hcm";
        return File.Exists(file) ? Path.GetFullPath(file) : Path.GetFullPath(file, folder);
    }
}
