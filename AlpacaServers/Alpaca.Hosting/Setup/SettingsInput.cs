using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Alpaca.Hosting;

/// <summary>A form as it was filled in.</summary>
public sealed class SettingsInput
{
    /// <summary>The field that carries the state of the file the form was made from.</summary>
    public const string RevisionField = "_revision";

    /// <summary>Appended to a row's path: the field that says the row is to go.</summary>
    public const string RemoveField = "._remove";

    private const int MostFields = 2000;

    private readonly IReadOnlyDictionary<string, StringValues> _fields;

    /// <exception cref="InvalidDataException">It is not a form, or has too many fields.</exception>
    public SettingsInput(string form)
    {
        using var reader = new FormReader(form) { ValueCountLimit = MostFields };
        _fields = reader.ReadForm();
    }

    /// <summary>The state of the file the form was made from.</summary>
    public string Revision => Find(RevisionField) ?? "";

    /// <summary>The names of all fields.</summary>
    public IEnumerable<string> Names => _fields.Keys;

    /// <summary>A field's value, the last if there are several, as with a tick box and the hidden field before it; null if it is not there.</summary>
    public string? Find(string path) => _fields.TryGetValue(path, out var values) && values.Count > 0 ? values[^1] : null;
}
