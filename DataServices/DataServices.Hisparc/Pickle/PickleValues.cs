using System.Runtime.InteropServices;
using System.Text;

namespace DataServices.Hisparc.Pickle;

/// <summary>A byte string.</summary>
/// <param name="data">Its bytes.</param>
/// <param name="isText">Whether it stands for text: the plain string of Python 2, or a long text that is kept as it came.</param>
public sealed class PickleBytes(byte[] data, bool isText)
{
    private static readonly UTF8Encoding _strictUtf8 = new(false, throwOnInvalidBytes: true);
    private string? _text;

    public byte[] Data => data;

    /// <summary>Whether it stands for text: the plain string of Python 2, or a long text that is kept as it came.</summary>
    public bool IsText => isText;

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
    // Nearly every dictionary of a batch has two entries; a list for each would be half the memory of a batch.
    private KeyValuePair<string, object?> _first;
    private KeyValuePair<string, object?> _second;
    private List<KeyValuePair<string, object?>>? _more;
    private int _count;

    /// <summary>The entries in the order they came; a repeated key is replaced.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Entries
    {
        get
        {
            for (var i = 0; i < _count; i++)
                yield return At(i);
        }
    }

    /// <summary>Finds an entry.</summary>
    public bool TryGet(string key, out object? value)
    {
        var place = Find(key);
        value = place < 0 ? null : At(place).Value;
        return place >= 0;
    }

    internal void Set(string key, object? value)
    {
        var place = Find(key);
        if (place < 0)
        {
            if (_count >= PickleLimits.DictionaryEntries)
                throw new PickleFormatException($"a dictionary has more than {PickleLimits.DictionaryEntries} entries");
            place = _count++;
            if (place > 1)
                (_more ??= []).Add(default);
        }

        At(place) = new KeyValuePair<string, object?>(key, value);
    }

    private int Find(string key)
    {
        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(At(i).Key, key, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }

    private ref KeyValuePair<string, object?> At(int place)
    {
        if (place == 0)
            return ref _first;
        if (place == 1)
            return ref _second;
        return ref CollectionsMarshal.AsSpan(_more)[place - 2];
    }
}

/// <summary>Text as the rest of the service sees it.</summary>
public static class PickleText
{
    /// <summary>The text of a text value or of a Python 2 string; null for anything else.</summary>
    public static string? Of(object? value) => value switch
    {
        string text => text,
        PickleBytes { IsText: true } bytes => bytes.Text,
        _ => null,
    };
}
