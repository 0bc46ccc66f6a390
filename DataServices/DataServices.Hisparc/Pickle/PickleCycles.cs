namespace DataServices.Hisparc.Pickle;

/// <summary>Looks for containers that contain themselves, and for depth that only sharing makes.</summary>
internal static class PickleCycles
{
    /// <summary>Levels of containers in a value.</summary>
    public static int HeightOf(object? value) => value is PickleContainer container ? container.Height : 0;

    /// <summary>Visits every container once.</summary>
    /// <exception cref="PickleFormatException">One contains itself, or the nesting is too deep.</exception>
    public static void Refuse(object? root) => _ = Visit(root, 0);

    // The recursion ends at the depth limit, so a pickle cannot exhaust the stack with it.
    private static int Visit(object? value, int depth)
    {
        if (value is not PickleContainer container)
            return 0;
        if (depth > PickleLimits.Nesting)
            throw new PickleFormatException($"nested deeper than {PickleLimits.Nesting} levels");
        if (container.Colour == 1)
            throw new PickleFormatException("a list or dictionary that contains itself");
        if (container.Colour == 2)
            return container.Height;

        container.Colour = 1;
        var height = 0;
        if (container is PickleList list)
        {
            foreach (var item in list.Items)
                height = Math.Max(height, Visit(item, depth + 1));
        }
        else if (container is PickleDictionary dictionary)
        {
            foreach (var entry in dictionary.Entries)
                height = Math.Max(height, Visit(entry.Value, depth + 1));
        }

        container.Colour = 2;
        container.Height = height + 1;
        if (container.Height > PickleLimits.Nesting)
            throw new PickleFormatException($"nested deeper than {PickleLimits.Nesting} levels");
        return container.Height;
    }
}
