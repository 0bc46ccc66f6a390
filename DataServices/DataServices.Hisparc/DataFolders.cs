using System.Globalization;
using DataServices.Fits;

namespace DataServices.Hisparc;

/// <summary>Where everything is below the data directory: the reference's names, and those of this service beside them.</summary>
public sealed class DataFolders
{
    /// <param name="root">The data directory; it must exist.</param>
    /// <exception cref="DirectoryNotFoundException">It does not.</exception>
    public DataFolders(string root)
    {
        Root = Path.GetFullPath(root);
        if (!Directory.Exists(Root))
            throw new DirectoryNotFoundException($"{Root}: there is no such data directory. Create it, or correct data_dir.");
        foreach (var folder in (string[])[Log, Batches, Journal, Incoming, Suspicious, Partial, Temporary, Released, Quarantine, Damaged, Bases])
            Durable.CreateDirectory(folder);
    }

    public string Root { get; }

    /// <summary>Acknowledged batches, before and some time after they are rows.</summary>
    public string Log => Path.Combine(Root, "log");

    /// <summary>Which batches are known.</summary>
    public string Batches => Path.Combine(Log, "batches");

    /// <summary>What is known about each day file.</summary>
    public string Journal => Path.Combine(Root, "journal");

    /// <summary>Spool files of a reference web application.</summary>
    public string Incoming => Path.Combine(Root, "incoming");

    /// <summary>Batches with dates that cannot be right.</summary>
    public string Suspicious => Path.Combine(Root, "suspicious");

    /// <summary>Spool files a reference writer was working on when it died.</summary>
    public string Partial => Path.Combine(Root, "partial");

    public string Temporary => Path.Combine(Root, "tmp");

    /// <summary>Suspicious batches the operator released.</summary>
    public string Released => Path.Combine(Root, "released");

    /// <summary>What could not be decoded or stored, as it came.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Day files that could not be read any more.</summary>
    public string Damaged => Path.Combine(Root, "damaged");

    /// <summary>Copies of day files from before the log begins.</summary>
    public string Bases => Path.Combine(Root, "bases");

    /// <summary>The day file: YYYY/M/YYYY_M_D.h5.</summary>
    public string DayFile(DateOnly day) => Path.Combine(Root, Relative(day));

    /// <summary>The day file below a data directory.</summary>
    public static string Relative(DateOnly day) => Path.Combine(Text(day.Year), Text(day.Month), Name(day) + ".h5");

    /// <summary>The copy a day file is rebuilt from, when the log does not reach back to its beginning.</summary>
    public string BaseFile(DateOnly day) => Path.Combine(Bases, Name(day) + ".h5");

    /// <summary>YYYY_M_D.</summary>
    public static string Name(DateOnly day) => $"{Text(day.Year)}_{Text(day.Month)}_{Text(day.Day)}";

    /// <summary>Reads a name like YYYY_M_D, or null.</summary>
    public static DateOnly? Day(string name) =>
        DateOnly.TryParseExact(name, "yyyy_M_d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
