using System.Buffers;
using System.Text.Json;
using Alpaca.Contract;

namespace Alpaca.Client.Images;

/// <summary>
/// Reads an image from a server that knows JSON only: <c>Value</c> is an array of columns of pixels (of planes). Parsed as it arrives; the numbers
/// are collected in pooled memory and become 16 bits wide if they all fit.
/// </summary>
internal sealed class JsonImageReader(long maximumBytes) : IDisposable
{
    private const int MaximumToken = 64 << 10;
    private int[] _values = ArrayPool<int>.Shared.Rent(16 << 10);
    private int _count;
    private int _depth;
    private int _columns;
    private int _height;
    private int _planes = 1;
    private int _inColumn;
    private int _inPixel;
    private bool _colour;
    private string? _key;
    private long _error;
    private string _message = string.Empty;

    /// <summary>The client's transaction number as the server echoes it, or null.</summary>
    public long? Transaction { get; private set; }

    /// <exception cref="AlpacaException">The device refused.</exception>
    /// <exception cref="InvalidDataException">The value is not an image.</exception>
    /// <exception cref="JsonException">Not JSON, or cut short.</exception>
    public async ValueTask<ImageArray> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaximumToken);
        try
        {
            var state = new JsonReaderState();
            var length = 0;
            var ended = false;
            while (!ended)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancel);
                ended = read == 0;
                length += read;
                var used = Parse(buffer.AsSpan(0, length), ended, ref state);
                if (used == 0 && length == buffer.Length)
                    throw new InvalidDataException($"the answer has a word longer than {MaximumToken} bytes.");
                buffer.AsSpan(used, length - used).CopyTo(buffer);
                length -= used;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        AlpacaReply.ThrowIfError(_error, _message);
        if (_columns == 0 || _height == 0)
            throw new InvalidDataException("the reply has no image in it.");
        return ToRows();
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_values);
        _values = [];
    }

    private int Parse(ReadOnlySpan<byte> bytes, bool isLast, ref JsonReaderState state)
    {
        var json = new Utf8JsonReader(bytes, isLast, state);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && json.CurrentDepth == 1)
                _key = json.GetString();
            else if (string.Equals(_key, "Value", StringComparison.OrdinalIgnoreCase))
                TakePixels(ref json);
            else
                TakeField(ref json);
        }

        state = json.CurrentState;
        return (int)json.BytesConsumed;
    }

    private void TakeField(ref Utf8JsonReader json)
    {
        if (json.CurrentDepth != 1)
            return;
        if (string.Equals(_key, "ErrorNumber", StringComparison.OrdinalIgnoreCase))
            _error = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var number) ? number : throw AlpacaJson.Wrong(json, "the error number");
        else if (string.Equals(_key, "ErrorMessage", StringComparison.OrdinalIgnoreCase))
            _message = AlpacaJson.String(ref json);
        else if (string.Equals(_key, "ClientTransactionID", StringComparison.OrdinalIgnoreCase) && json.TokenType == JsonTokenType.Number)
            Transaction = json.TryGetInt64(out var id) ? id : null;
    }

    private void TakePixels(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartArray when _depth < 3:
                _depth++;
                if (_depth == 3)
                    BeginPixel();
                break;
            case JsonTokenType.EndArray:
                End();
                _depth--;
                break;
            case JsonTokenType.Number when _depth is 2 or 3:
                Add(Number(ref json));
                break;
            case JsonTokenType.Null when _depth == 0:
            case JsonTokenType.EndObject when _depth == 0:
                break;
            default:
                throw AlpacaJson.Wrong(json, "a pixel");
        }
    }

    private static int Number(ref Utf8JsonReader json)
    {
        if (json.TryGetInt32(out var integer))
            return integer;
        return json.TryGetDouble(out var number) && Math.Abs(number) <= int.MaxValue && Math.Truncate(number) == number
            ? (int)number
            : throw AlpacaJson.Wrong(json, "a 32-bit integer");
    }

    private void BeginPixel()
    {
        if (_inColumn > 0 && !_colour)
            throw new InvalidDataException("the image mixes pixels of one plane and of several.");
        (_colour, _inPixel) = (true, 0);
    }

    private void Add(int value)
    {
        if (_depth == 2 && _colour)
            throw new InvalidDataException("the image mixes pixels of one plane and of several.");
        if (_count >= maximumBytes / sizeof(int))
            throw new InvalidDataException($"the image takes more than the {maximumBytes} bytes allowed.");
        if (_count == _values.Length)
            Grow();
        _values[_count++] = value;
        if (_depth == 2)
            _inColumn++;
        else
            _inPixel++;
    }

    private void End()
    {
        if (_depth == 3)
        {
            if (_inPixel != 3)
                throw new InvalidDataException($"a pixel has {_inPixel} planes; 3 are needed.");
            _planes = 3;
            _inColumn++;
        }
        else if (_depth == 2)
        {
            if (_columns > 0 && _inColumn != _height)
                throw new InvalidDataException($"column {_columns} of the image has {_inColumn} pixels and the first has {_height}.");
            (_height, _inColumn) = (_inColumn, 0);
            _columns++;
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<int>.Shared.Rent(_values.Length * 2);
        _values.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<int>.Shared.Return(_values);
        _values = larger;
    }

    private ImageArray ToRows()
    {
        var fits = true;
        foreach (var value in _values.AsSpan(0, _count))
            fits &= value is >= 0 and <= ushort.MaxValue;
        return fits ? ToRows<ushort>(static value => (ushort)value) : ToRows<int>(static value => value);
    }

    private ImageArray ToRows<T>(Func<int, T> convert)
        where T : unmanaged => ImageArray.Create<T, (JsonImageReader Source, Func<int, T> Convert)>(_columns, _height, _planes, (this, convert), static (rows, state) =>
    {
        var source = state.Source;
        var (width, height, planes) = (source._columns, source._height, source._planes);
        var target = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                for (var plane = 0; plane < planes; plane++)
                    rows[target++] = state.Convert(source._values[(((x * height) + y) * planes) + plane]);
            }
        }
    });
}
