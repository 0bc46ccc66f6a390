using System.Globalization;
using DataServices.Hdf5;
using DataServices.Hisparc.Log;

namespace DataServices.Hisparc.Store;

/// <summary>Takes a station out of a day's file, or gives what it sent to another station. The file is written anew and replaced when it is whole.</summary>
public static class StationDay
{
    private const string Root = "/hisparc";

    /// <summary>Removes a station from a file.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(string path, int station) => Rewrite(path, station, null);

    /// <summary>Gives a station's events to another, which must not be in the file.</summary>
    /// <param name="cluster">Cluster of the other station.</param>
    /// <returns>Whether the station was there.</returns>
    public static bool Move(string path, int station, int target, string cluster) => Rewrite(path, station, (target, cluster));

    private static bool Rewrite(string path, int station, (int Station, string Cluster)? target)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileNameWithoutExtension(path)}.rewrite");
        File.Delete(temporary);
        var found = false;
        using (var source = Hdf5File.Open(path))
        using (var copy = Hdf5File.Create(temporary))
        {
            copy.CreateGroup(Root, "HiSPARC data");
            foreach (var (group, title) in Groups(source, Root))
            {
                foreach (var (node, stationTitle) in Groups(source, group))
                {
                    var goal = (Group: group, GroupTitle: title, Node: node, Title: stationTitle);
                    if (node.EndsWith(string.Create(CultureInfo.InvariantCulture, $"/station_{station}"), StringComparison.Ordinal))
                    {
                        found = true;
                        if (target is not { } to)
                            continue;
                        var above = $"{Root}/cluster_{to.Cluster.ToLowerInvariant()}";
                        goal = (above, $"HiSPARC cluster {to.Cluster} data", string.Create(CultureInfo.InvariantCulture, $"{above}/station_{to.Station}"),
                            string.Create(CultureInfo.InvariantCulture, $"HiSPARC station {to.Station} data"));
                        if (source.Exists(goal.Node))
                            throw new IOException($"{path}: station {to.Station} is in this file already; events of two stations cannot be put together.");
                    }

                    if (!copy.Exists(goal.Group))
                        copy.CreateGroup(goal.Group, goal.GroupTitle);
                    copy.CreateGroup(goal.Node, goal.Title);
                    foreach (var child in source.Children(node))
                        source.CopyTo($"{node}/{child}", copy, $"{goal.Node}/{child}");
                }
            }

            copy.Flush();
            copy.Close();
        }

        if (!found || DayCheck.Problems(temporary, thorough: true) is { Count: > 0 })
        {
            File.Delete(temporary);
            return found ? throw new IOException($"{path}: the new file is not whole; the old one was left as it is.") : false;
        }

        Durable.Sync(temporary);
        Durable.Move(temporary, path);
        return true;
    }

    private static IEnumerable<(string Node, string Title)> Groups(Hdf5File file, string above) =>
        file.Children(above).Select(name => $"{above}/{name}").Select(node => (node, file.TextAttribute(node, "TITLE") ?? ""));
}
