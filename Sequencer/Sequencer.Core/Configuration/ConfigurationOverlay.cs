namespace Sequencer.Core.Configuration;

/// <summary>Lays a file with local differences over a base file.</summary>
public static class ConfigurationOverlay
{
    /// <summary>Mappings are merged key by key, all the way down; anything else in the overlay replaces what the base says.</summary>
    public static ConfigurationNode Merge(ConfigurationNode below, ConfigurationNode above)
    {
        if (below is not MapNode baseMap || above is not MapNode overMap)
            return above;
        var entries = baseMap.Entries
            .Select(entry => overMap.Entries.FirstOrDefault(over => over.Key == entry.Key) is { } over ? over with { Value = Merge(entry.Value, over.Value) } : entry)
            .Concat(overMap.Entries.Where(over => baseMap.Find(over.Key) is null));
        return new MapNode(baseMap.Source, baseMap.Line, [.. entries]);
    }
}
