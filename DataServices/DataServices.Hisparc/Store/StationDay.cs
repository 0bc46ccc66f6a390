using System.Globalization;
using DataServices.Hdf5;

namespace DataServices.Hisparc.Store;

/// <summary>Takes a station out of a day's file, or gives what it sent to another station. The file is written anew and replaced when it is whole.</summary>
public static class StationDay
{
    /// <summary>Removes a station from a file.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Remove(string path, int station) => Rewrite(path, station, null);

    /// <summary>Gives a station's events to another, which must not be in the file.</summary>
    /// <param name="cluster">Cluster of the other station.</param>
    /// <returns>Whether the station was there.</returns>
    public static bool Move(string path, int station, int target, string cluster) => Rewrite(path, station, DayCopy.NodeOf(cluster, target));

    /// <summary>Puts the clusters that several writers wrote into one file.</summary>
    /// <param name="sources">Files of the same day.</param>
    /// <returns>Stations in the new file.</returns>
    /// <exception cref="IOException">A station is in two of them, or a file cannot be read or written.</exception>
    public static int Gather(IEnumerable<string> sources, string path)
    {
        ArgumentNullException.ThrowIfNull(sources);
        using var copy = new DayCopy(path);
        var count = 0;
        foreach (var source in sources)
        {
            using var file = Hdf5File.Open(source);
            foreach (var station in DayCopy.Stations(file))
            {
                copy.Take(file, station.Node, station);
                count++;
            }
        }

        copy.Finish();
        return count;
    }

    private static bool Rewrite(string path, int station, StationNode? goal)
    {
        var found = false;
        using var source = Hdf5File.Open(path);
        using var copy = new DayCopy(path);
        foreach (var node in DayCopy.Stations(source))
        {
            var own = node.Node.EndsWith(string.Create(CultureInfo.InvariantCulture, $"/station_{station}"), StringComparison.Ordinal);
            found |= own;
            if (own && goal is not null && source.Exists(goal.Node))
                throw new IOException($"{path}: {goal.Node} is in this file already; events of two stations cannot be put together.");
            if (!own || goal is not null)
                copy.Take(source, node.Node, own ? goal! : node);
        }

        if (found)
            copy.Finish();
        return found;
    }
}
