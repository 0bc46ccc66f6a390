using System.Globalization;

namespace DataServices.Aartfaac;

/// <summary>What an emulated subband does differently at one tick.</summary>
public enum EmulatorDeed
{
    /// <summary>Sends nothing.</summary>
    Drop,

    /// <summary>Sends after a pause; what follows waits too.</summary>
    Delay,

    /// <summary>Sends together with a later tick, behind its window.</summary>
    Late,

    /// <summary>Sends twice.</summary>
    Duplicate,

    /// <summary>Sends something broken.</summary>
    Corrupt,

    /// <summary>Closes every connection.</summary>
    Close,
}

/// <summary>What of a window an emulated subband breaks.</summary>
public enum Corruption
{
    /// <summary>The constant at the start.</summary>
    Magic,

    /// <summary>DATE-OBS.</summary>
    Date,

    /// <summary>The length of the header.</summary>
    Length,

    /// <summary>NAXIS1.</summary>
    Size,
}

/// <summary>One line of a script.</summary>
/// <param name="Port">For this port; null: for all.</param>
/// <param name="Tick">At this tick, from 0; null: at every tick.</param>
/// <param name="Deed">What happens.</param>
/// <param name="Pause">Of a delay.</param>
/// <param name="Ticks">Of a late window, how many ticks later.</param>
/// <param name="Corruption">Of a corrupt window, what is broken.</param>
public sealed record EmulatorAction(int? Port, int? Tick, EmulatorDeed Deed, TimeSpan Pause = default, int Ticks = 0, Corruption Corruption = default)
{
    private const string Form = "PORT|* TICK|* drop | delay SECONDS | late TICKS | duplicate | corrupt magic|date|length|size | close";

    /// <summary>Reads a script: one action a line, # starts a comment.</summary>
    /// <exception cref="FormatException">A line is not understood; the message names it.</exception>
    public static IReadOnlyList<EmulatorAction> ParseScript(string name, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var actions = new List<EmulatorAction>();
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            var words = line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
                actions.Add(Parse(words) ?? throw new FormatException($"{name}: line {number}: \"{line.Trim()}\" is not {Form}."));
        }

        return actions;
    }

    private static EmulatorAction? Parse(string[] words)
    {
        if (words.Length < 3 || !TryNumber(words[0], out var port) || !TryNumber(words[1], out var tick) || !Enum.TryParse<EmulatorDeed>(words[2], true, out var deed))
            return null;
        var action = new EmulatorAction(port, tick, deed);
        return (deed, words.Length) switch
        {
            (EmulatorDeed.Drop or EmulatorDeed.Duplicate or EmulatorDeed.Close, 3) => action,
            (EmulatorDeed.Delay, 4) when double.TryParse(words[3], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 86400 =>
                action with { Pause = TimeSpan.FromSeconds(seconds) },
            (EmulatorDeed.Late, 4) when TryNumber(words[3], out var later) && later > 0 => action with { Ticks = later.Value },
            (EmulatorDeed.Corrupt, 4) when Enum.TryParse<Corruption>(words[3], true, out var corruption) => action with { Corruption = corruption },
            _ => null,
        };
    }

    private static bool TryNumber(string text, out int? number)
    {
        number = null;
        if (text == "*")
            return true;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        number = isNumber ? value : null;
        return isNumber;
    }
}
