using System.Text;

namespace DataServices.Hisparc.Pickle;

/// <summary>A byte string.</summary>
/// <param name="data">Its bytes.</param>
/// <param name="isPython2Text">Whether it is the plain string of Python 2, which stood for text as well.</param>
public sealed class PickleBytes(byte[] data, bool isPython2Text)
{
    private static readonly UTF8Encoding _strictUtf8 = new(false, throwOnInvalidBytes: true);
    private string? _text;

    public byte[] Data => data;

    /// <summary>Whether it is the plain string of Python 2, which stood for text as well.</summary>
    public bool IsPython2Text => isPython2Text;

    /// <summary>The text it stood for: UTF-8, or ISO 8859-1 where it is not valid UTF-8.</summary>
    public string Text
    {
        get
        {
            if (_text is not null)
                return _text;
            try
            {
                _text = _strictUtf8.GetString(data);
            }
            catch (DecoderFallbackException)
            {
                _text = Encoding.Latin1.GetString(data);
            }

            return _text;
        }
    }
}

/// <summary>A tuple.</summary>
public sealed class PickleTuple(object?[] items)
{
    public object?[] Items => items;
}

/// <summary>A date and time without zone.</summary>
/// <param name="Value">Kind unspecified, whole microseconds.</param>
public sealed record PickleDateTime(DateTime Value);

/// <summary>A list or dictionary: things that can contain others and be changed after they were put somewhere.</summary>
public abstract class PickleContainer
{
    /// <summary>Levels of containers below and including this one, as far as known while reading.</summary>
    internal int Height { get; set; } = 1;

    /// <summary>Mark of the search for cycles: 0 not seen, 1 on the way, 2 done.</summary>
    internal byte Colour { get; set; }
}

/// <summary>A list.</summary>
public sealed class PickleList : PickleContainer
{
    private List<object?>? _items;

    /// <summary>The elements in order.</summary>
    public IReadOnlyList<object?> Items => _items ?? (IReadOnlyList<object?>)[];

    internal void Add(object? item) => (_items ??= []).Add(item);
}

/// <summary>A dictionary. Only entries whose keys are text are kept: no other has a meaning here.</summary>
public sealed class PickleDictionary : PickleContainer
{
    private readonly List<KeyValuePair<string, object?>> _entries = new(4);

    /// <summary>The entries in the order they came; a repeated key is replaced.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Entries => _entries;

    /// <summary>Finds an entry.</summary>
    public bool TryGet(string key, out object? value)
    {
        foreach (var entry in _entries)
        {
            if (string.Equals(entry.Key, key, StringComparison.Ordinal))
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    internal void Set(string key, object? value)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            if (string.Equals(_entries[i].Key, key, StringComparison.Ordinal))
            {
                _entries[i] = new KeyValuePair<string, object?>(key, value);
                return;
            }
        }

        if (_entries.Count >= PickleLimits.DictionaryEntries)
            throw new PickleFormatException($"a dictionary has more than {PickleLimits.DictionaryEntries} entries");
        _entries.Add(new KeyValuePair<string, object?>(key, value));
    }
}

/// <summary>Text as the rest of the service sees it.</summary>
public static class PickleText
{
    /// <summary>The text of a text value or of a Python 2 string; null for anything else.</summary>
    public static string? Of(object? value) => value switch
    {
        string text => text,
        PickleBytes { IsPython2Text: true } bytes => bytes.Text,
        _ => null,
    };
}
