using DataServices.Fits;

namespace DataServices.Hipercam;

/// <summary>The header of a HiPERCAM run, with look-ups that say which card of which run is wrong.</summary>
internal sealed class RunCards
{
    private readonly Dictionary<string, FitsCard> _cards = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _repeated = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _run;

    public RunCards(string run, FitsHeader header)
    {
        _run = run;
        Header = header;
        foreach (var card in header)
        {
            if (!card.IsCommentary && !_cards.TryAdd(card.Keyword, card))
                _repeated.Add(card.Keyword);
        }
    }

    public FitsHeader Header { get; }

    public FitsCard? Find(string keyword)
    {
        if (_repeated.Contains(keyword))
            throw new RunException($"{_run}: the header has {keyword} more than once; which one counts is not known.");
        return _cards.GetValueOrDefault(keyword);
    }

    public int Integer(string keyword, int min, int max)
    {
        var value = Required(keyword).Value switch
        {
            long whole => whole,
            double real when real == Math.Floor(real) && Math.Abs(real) < int.MaxValue => (long)real,
            var other => throw new RunException($"{_run}: {keyword} = {other}: a whole number is expected."),
        };
        return value >= min && value <= max
            ? (int)value
            : throw new RunException($"{_run}: {keyword} = {value} is not between {min} and {max}.");
    }

    public int Integer(string keyword, int min, int max, int missing) => Find(keyword) is null ? missing : Integer(keyword, min, max);

    public double Number(string keyword)
    {
        return Required(keyword).Value switch
        {
            long whole => whole,
            double real when double.IsFinite(real) && Math.Abs(real) < 1e9 => real,
            var other => throw new RunException($"{_run}: {keyword} = {other}: a number is expected."),
        };
    }

    public bool Flag(string keyword) => Required(keyword).Value is bool flag
        ? flag
        : throw new RunException($"{_run}: {keyword} is {_cards[keyword].Value}: T or F is expected.");

    public bool Flag(string keyword, bool missing) => Find(keyword) is null ? missing : Flag(keyword);

    public string Text(string keyword) => Required(keyword).Value as string
        ?? throw new RunException($"{_run}: {keyword} is not a text.");

    private FitsCard Required(string keyword) => Find(keyword)
        ?? throw new RunException($"{_run}: the header has no {keyword}: is this a HiPERCAM run?");
}
