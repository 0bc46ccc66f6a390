using System.Globalization;
using DataServices.Fits;
using DataServices.Hdf5;

namespace DataServices.Hisparc.Store;

/// <summary>A day file that is put together from stations of others. It appears under its name only when it is whole.</summary>
internal sealed class DayCopy : IDisposable
{
    private const string Root = "/hisparc";
    private readonly string _path;
    private readonly string _temporary;
    private readonly Hdf5File _file;

    public DayCopy(string path)
    {
        _path = Path.GetFullPath(path);
        _temporary = Durable.TemporaryName(_path);
        _file = Hdf5File.Create(_temporary);
        _file.CreateGroup(Root, "HiSPARC data");
    }

    /// <summary>The clusters and stations of a file.</summary>
    public static IEnumerable<StationNode> Stations(Hdf5File file) =>
        from cluster in Groups(file, Root)
        from station in Groups(file, cluster.Node)
        select new StationNode(cluster.Node, cluster.Title, station.Node, station.Title);

    /// <summary>Where a station of a cluster is.</summary>
    public static StationNode NodeOf(string cluster, int station)
    {
        var above = $"{Root}/cluster_{cluster.ToLowerInvariant()}";
        return new StationNode(above, $"HiSPARC cluster {cluster} data", string.Create(CultureInfo.InvariantCulture, $"{above}/station_{station}"),
            string.Create(CultureInfo.InvariantCulture, $"HiSPARC station {station} data"));
    }

    /// <summary>Copies everything of a station.</summary>
    /// <exception cref="IOException">The copy has that station already.</exception>
    public void Take(Hdf5File source, string node, StationNode goal)
    {
        if (_file.Exists(goal.Node))
            throw new IOException($"{source.Path}: {goal.Node} is there already; events of two stations, or of one station from two files, cannot be put together.");
        if (!_file.Exists(goal.Group))
            _file.CreateGroup(goal.Group, goal.GroupTitle);
        _file.CreateGroup(goal.Node, goal.Title);
        foreach (var child in source.Children(node))
            source.CopyTo($"{node}/{child}", _file, $"{goal.Node}/{child}");
    }

    /// <summary>Verifies the file and puts it in its place.</summary>
    /// <exception cref="IOException">It is not whole; what was in its place is still there.</exception>
    public void Finish()
    {
        _file.Flush();
        _file.Close();
        if (DayCheck.Problems(_temporary, thorough: true) is { Count: > 0 } problems)
            throw new IOException($"{_path}: the new file is not whole ({problems[0]}); what was there was left as it is.");
        Durable.Sync(_temporary);
        Durable.Move(_temporary, _path);
    }

    public void Dispose()
    {
        _file.Dispose();
        File.Delete(_temporary);
    }

    private static IEnumerable<(string Node, string Title)> Groups(Hdf5File file, string above) =>
        file.Children(above).Select(name => $"{above}/{name}").Select(node => (node, file.TextAttribute(node, "TITLE") ?? ""));
}

/// <summary>The groups of a station and of its cluster, with their titles.</summary>
internal sealed record StationNode(string Group, string GroupTitle, string Node, string Title);
