using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sequencer.Core.Records;

/// <summary>
/// The document store of the observatory: collections of JSON documents, and of each collection the current (newest) one. Documents are wrapped as
/// <c>{"_id", "data", "type", "date"}</c>.
/// </summary>
public abstract class RecordStore(TimeProvider clock, Func<Guid>? newId = null)
{
    private readonly Func<Guid> _newId = newId ?? Guid.NewGuid;

    /// <summary>Appends a document to a collection.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="InvalidSerializationException">The document holds a value without plain form.</exception>
    public string Insert(string collection, object? data)
    {
        var (id, line) = Wrap(Checked(collection), data);
        Append(collection, line);
        return id;
    }

    /// <summary>Makes a document the current one of its collection.</summary>
    /// <param name="permanent">Whether it is appended to the collection too.</param>
    /// <returns>The id of the permanent copy if there is one, else that of the current one.</returns>
    public string InsertCurrent(string collection, object? data, bool permanent = true)
    {
        var (id, line) = Wrap(Checked(collection), data);
        SetCurrent(collection, line);
        return permanent ? Insert(collection, data) : id;
    }

    /// <summary>The current document of a collection, or null if there is none.</summary>
    public RecordEnvelope? Current(string collection) => ReadCurrent(Checked(collection)) is { } line ? Unwrap(line) : null;

    /// <summary>The document of that id in a collection, or null.</summary>
    public RecordEnvelope? Find(string collection, string id) =>
        ReadAll(Checked(collection)).Where(line => line.Contains(id, StringComparison.Ordinal)).Select(Unwrap).FirstOrDefault(found => found?.Id == id);

    /// <summary>All documents of a collection, oldest first; damaged lines are left out.</summary>
    public IEnumerable<RecordEnvelope> All(string collection) => ReadAll(Checked(collection)).Select(Unwrap).OfType<RecordEnvelope>();

    /// <summary>Forgets the current document of a collection.</summary>
    public void ClearCurrent(string collection) => SetCurrent(Checked(collection), null);

    protected abstract void Append(string collection, string line);

    protected abstract void SetCurrent(string collection, string? line);

    protected abstract string? ReadCurrent(string collection);

    protected abstract IEnumerable<string> ReadAll(string collection);

    private static string Checked(string collection)
    {
        if (string.IsNullOrWhiteSpace(collection) || collection.AsSpan().ContainsAny(Path.GetInvalidFileNameChars()) || collection.StartsWith('.'))
            throw new ArgumentException($"\"{collection}\" cannot be the name of a collection: it becomes part of a file name.", nameof(collection));
        return collection;
    }

    private static RecordEnvelope? Unwrap(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            return new RecordEnvelope(
                json.GetProperty("_id").GetString()!,
                json.GetProperty("type").GetString()!,
                DateTimeOffset.Parse(json.GetProperty("date").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
                json.GetProperty("data").Clone());
        }
        catch (Exception damaged) when (damaged is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private (string Id, string Line) Wrap(string collection, object? data)
    {
        var id = _newId().ToString();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, JsonValue.Options))
        {
            json.WriteStartObject();
            json.WriteString("_id", id);
            json.WritePropertyName("data");
            JsonValue.Write(json, data);
            json.WriteString("type", collection);
            json.WriteString("date", clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        return (id, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
