namespace Sequencer.Core.Records;

/// <summary>Fields of a JSON object in the order in which they are written.</summary>
public sealed class OrderedFields : List<KeyValuePair<string, object?>>
{
    public OrderedFields()
    {
    }

    public OrderedFields(IEnumerable<KeyValuePair<string, object?>> fields)
        : base(fields)
    {
    }

    /// <summary>Appends a field.</summary>
    public void Add(string key, object? value) => Add(KeyValuePair.Create(key, value));
}
