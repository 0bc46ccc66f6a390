namespace DataServices.TelescopeOrg;

/// <summary>Sections of <c>key = value</c> (or <c>key: value</c>) lines; '#' and ';' begin comment lines. Names are compared without regard to case.</summary>
internal sealed class IniFile
{
    private readonly Dictionary<(string Section, string Key), string> _values = [];

    private IniFile(string path) => Path = path;

    public string Path { get; }

    public string? this[string section, string key] => _values.GetValueOrDefault((section, key));

    public static IniFile Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such configuration file. Create it with the sections [telescope.org] (user, password) and [cache] (jobs).");
        var file = new IniFile(path);
        var section = "";
        var number = 0;
        foreach (var raw in File.ReadLines(path))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1].Trim().ToLowerInvariant();
                continue;
            }

            // The line itself may hold a password: the message gives its number only.
            var separator = line.AsSpan().IndexOfAny('=', ':');
            if (separator <= 0 || section.Length == 0)
                throw new FormatException($"{path}, line {number}: expected \"[section]\" or \"key = value\" inside a section.");
            file._values[(section, line[..separator].Trim().ToLowerInvariant())] = line[(separator + 1)..].Trim();
        }

        return file;
    }
}
