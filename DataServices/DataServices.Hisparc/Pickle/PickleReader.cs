using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace DataServices.Hisparc.Pickle;

/// <summary>
/// Reads the data of a pickle, protocols 0 to 5, and nothing else: no class is ever looked up or created by name. The few globals that data
/// of stations contain (dates, byte strings, NumPy numbers) are modelled here; any other is refused. Linear in time, bounded in depth and memory.
/// </summary>
/// <remarks>
/// Values become: <c>null</c>, <see cref="bool"/>, <see cref="long"/>, <see cref="System.Numerics.BigInteger"/> beyond 64 bits, <see cref="double"/>, <see cref="string"/>,
/// <see cref="PickleBytes"/>, <see cref="PickleDateTime"/>, <see cref="PickleTuple"/>, <see cref="PickleList"/>, <see cref="PickleDictionary"/>.
/// </remarks>
public ref partial struct PickleReader
{
    private static readonly object _mark = new();
    private static readonly object _true = true;
    private static readonly object _false = false;
    private static readonly object[] _smallIntegers = [.. Enumerable.Range(-1024, 6144).Select(value => (object)(long)value)];
    private static readonly UTF8Encoding _utf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private object?[] _stack;
    private int _count;
    private int _marks;
    private object?[] _memo;
    private int _memoCount;
    private long _budget;
    private bool _shared;

    private PickleReader(ReadOnlySpan<byte> data)
    {
        _data = data;
        _stack = new object?[64];
        _memo = new object?[64];
        _budget = Math.Max(PickleLimits.SmallestBudget, (long)PickleLimits.Growth * data.Length);
    }

    /// <summary>Reads the value of a pickle; bytes after its end are ignored.</summary>
    /// <exception cref="PickleFormatException">Malformed, beyond a limit, or not plain data.</exception>
    public static object? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length > PickleLimits.Length)
            throw new PickleFormatException($"the pickle has {data.Length} bytes, the limit is {PickleLimits.Length}");
        var reader = new PickleReader(data);
        return reader.Run();
    }

    private object? Run()
    {
        while (true)
        {
            var opcode = NextByte();
            if (opcode == '.')
                break;
            Execute(opcode);
        }

        var value = Pop();
        if (_shared)
            PickleCycles.Refuse(value);
        return value;
    }

    private void Execute(byte opcode)
    {
        switch ((char)opcode)
        {
            case '\x80':
                if (NextByte() > 5)
                    throw new PickleFormatException("a pickle protocol above 5");
                break;
            case '\x95': // FRAME: the length is a hint for readers of streams
                Skip(8);
                break;
            case '(':
                if (++_marks > PickleLimits.Marks)
                    throw new PickleFormatException($"more than {PickleLimits.Marks} marks");
                Push(_mark);
                break;
            case '0':
                if (_count > 0 && ReferenceEquals(_stack[_count - 1], _mark))
                    _marks--;
                _ = PopAny();
                break;
            case '1':
                _count = MarkPosition();
                _marks--;
                break;
            case '2':
                NoteSharing(Peek());
                Push(Peek());
                break;
            case 'N': Push(null); break;
            case '\x88': Push(_true); break;
            case '\x89': Push(_false); break;
            case 'I': PushIntegerText(Line()); break;
            case 'J': PushInteger(BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case 'K': PushInteger(NextByte()); break;
            case 'M': PushInteger(BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case 'L': PushLongText(Line()); break;
            case '\x8a': PushLong(NextByte()); break;
            case '\x8b': PushLong(Length32()); break;
            case 'F': PushFloatText(Line()); break;
            case 'G': PushNumber(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
            case 'S': PushBytes(PickleEscapes.PythonString(Line()), python2: true); break;
            case 'T': PushBytes(Take(Length32()).ToArray(), python2: true); break;
            case 'U': PushBytes(Take(NextByte()).ToArray(), python2: true); break;
            case 'V': PushText(PickleEscapes.RawUnicode(Line())); break;
            case 'X': PushUtf8(Length32()); break;
            case '\x8c': PushUtf8(NextByte()); break;
            case '\x8d': PushUtf8(Length64()); break;
            case 'B': PushBytes(Take(Length32()).ToArray(), python2: false); break;
            case 'C': PushBytes(Take(NextByte()).ToArray(), python2: false); break;
            case '\x8e': PushBytes(Take(Length64()).ToArray(), python2: false); break;
            case '\x96': PushBytes(Take(Length64()).ToArray(), python2: false); break;
            default: ExecuteStructure((char)opcode); break;
        }
    }

    private void ExecuteStructure(char opcode)
    {
        switch (opcode)
        {
            case ']': PushContainer(new PickleList()); break;
            case '}': PushContainer(new PickleDictionary()); break;
            case 'l': ListFromMark(); break;
            case 'd': DictionaryFromMark(); break;
            case 'a': AppendOne(); break;
            case 'e': AppendMany(); break;
            case 's': SetOne(); break;
            case 'u': SetMany(); break;
            case ')': PushTuple(_count); break;
            case 't':
                var mark = MarkPosition();
                PushTuple(mark + 1);
                var tuple = Pop();
                _count = mark;
                _marks--;
                Push(tuple);
                break;
            case '\x85': PushTuple(RequireDepth(1)); break;
            case '\x86': PushTuple(RequireDepth(2)); break;
            case '\x87': PushTuple(RequireDepth(3)); break;
            case 'p': Memoise(IndexText(Line())); break;
            case 'q': Memoise(NextByte()); break;
            case 'r': Memoise(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case '\x94': Memoise(_memoCount); break;
            case 'g': Recall(IndexText(Line())); break;
            case 'h': Recall(NextByte()); break;
            case 'j': Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))); break;
            case 'c': Push(PickleGlobals.Find(Ascii(Line()), Ascii(Line()))); break;
            case '\x93':
                var name = PickleText.Of(Pop());
                Push(PickleGlobals.Find(PickleText.Of(Pop()) ?? "", name ?? ""));
                break;
            case 'R':
                var arguments = Pop() as PickleTuple ?? throw new PickleFormatException("a call without a tuple of arguments");
                Push(PickleGlobals.Call(Pop(), arguments.Items));
                Charge(48);
                break;
            case 'b':
                var state = Pop();
                PickleGlobals.Build(Peek(), state);
                break;
            default:
                throw new PickleFormatException(string.Create(CultureInfo.InvariantCulture, $"opcode 0x{(int)opcode:x2} at byte {_position - 1} is not data"));
        }
    }

    private void ListFromMark()
    {
        var mark = MarkPosition();
        var list = new PickleList();
        Charge(64);
        for (var i = mark + 1; i < _count; i++)
            Append(list, _stack[i]);
        _count = mark;
        _marks--;
        Push(list);
    }

    private void DictionaryFromMark()
    {
        var mark = MarkPosition();
        var dictionary = new PickleDictionary();
        Charge(96);
        SetFrom(dictionary, mark + 1);
        _count = mark;
        _marks--;
        Push(dictionary);
    }

    private void AppendOne()
    {
        var item = Pop();
        Append(Peek() as PickleList ?? throw NotA("list"), item);
    }

    private void AppendMany()
    {
        var mark = MarkPosition();
        if (mark == 0 || _stack[mark - 1] is not PickleList list)
            throw NotA("list");
        for (var i = mark + 1; i < _count; i++)
            Append(list, _stack[i]);
        _count = mark;
        _marks--;
    }

    private void SetOne()
    {
        var value = Pop();
        var key = Pop();
        Set(Peek() as PickleDictionary ?? throw NotA("dictionary"), key, value);
    }

    private void SetMany()
    {
        var mark = MarkPosition();
        if (mark == 0 || _stack[mark - 1] is not PickleDictionary dictionary)
            throw NotA("dictionary");
        SetFrom(dictionary, mark + 1);
        _count = mark;
        _marks--;
    }

    private void SetFrom(PickleDictionary dictionary, int first)
    {
        if ((_count - first) % 2 != 0)
            throw new PickleFormatException("a key without a value");
        for (var i = first; i < _count; i += 2)
            Set(dictionary, _stack[i], _stack[i + 1]);
    }

    private void Append(PickleList list, object? item)
    {
        RequireValue(item);
        Charge(16);
        Raise(list, item);
        list.Add(item);
    }

    private void Set(PickleDictionary dictionary, object? key, object? value)
    {
        RequireValue(key);
        RequireValue(value);
        if (key is PickleContainer)
            throw new PickleFormatException("a list or dictionary as a key");
        Raise(dictionary, value);
        if (PickleText.Of(key) is not { } text)
            return;
        Charge(32);
        dictionary.Set(text, value);
    }

    private static void Raise(PickleContainer parent, object? child)
    {
        var height = PickleCycles.HeightOf(child) + 1;
        if (height <= parent.Height)
            return;
        if (height > PickleLimits.Nesting)
            throw new PickleFormatException($"nested deeper than {PickleLimits.Nesting} levels");
        parent.Height = height;
    }

    private static PickleFormatException NotA(string kind) => new($"an element for something that is no {kind}");
}
