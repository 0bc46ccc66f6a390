using DataServices.Hisparc.Events;

namespace DataServices.Hisparc.Store;

/// <summary>What an event set says about an event.</summary>
public enum Novelty
{
    New,

    /// <summary>Exactly this event is there.</summary>
    Duplicate,

    /// <summary>Another event of the same time is there; this one was added too.</summary>
    Conflicting,
}

/// <summary>The identities of the events in one table: time and a hash of the content, 16 bytes each, open addressing.</summary>
public sealed class EventSet
{
    private ulong[] _keys = new ulong[16];
    private ulong[] _contents = new ulong[16];

    public int Count { get; private set; }

    /// <summary>Adds an event unless it is there.</summary>
    public Novelty Add(EventIdentity found)
    {
        var (key, content) = found;
        if ((Count + 1) * 10L > _keys.Length * 7L)
            Grow();
        var conflicting = false;
        var slot = Slot(key, _keys.Length);
        for (; _contents[slot] != 0; slot = (slot + 1) & (_keys.Length - 1))
        {
            if (_keys[slot] != key)
                continue;
            if (_contents[slot] == content)
                return Novelty.Duplicate;
            conflicting = true;
        }

        _keys[slot] = key;
        _contents[slot] = content;
        Count++;
        return conflicting ? Novelty.Conflicting : Novelty.New;
    }

    private void Grow()
    {
        var (keys, contents) = (_keys, _contents);
        _keys = new ulong[keys.Length * 2];
        _contents = new ulong[keys.Length * 2];
        for (var i = 0; i < keys.Length; i++)
        {
            if (contents[i] == 0)
                continue;
            var slot = Slot(keys[i], _keys.Length);
            while (_contents[slot] != 0)
                slot = (slot + 1) & (_keys.Length - 1);
            _keys[slot] = keys[i];
            _contents[slot] = contents[i];
        }
    }

    private static int Slot(ulong key, int length) => (int)((key * 0x9E3779B97F4A7C15) >> 32) & (length - 1);
}
