using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DataServices.Hisparc;

/// <summary>What the operator has to know. Said once in the log when it begins and once when it ends, and shown as long as it lasts.</summary>
public sealed class Alarms(ILogger logger)
{
    private readonly ConcurrentDictionary<string, string> _current = new();

    /// <summary>What is wrong now.</summary>
    public IEnumerable<string> Current => _current.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value);

    public int Count => _current.Count;

    /// <summary>Something is wrong.</summary>
    /// <param name="subject">What it is about; a second alarm on it replaces the first.</param>
    public void Raise(string subject, string message)
    {
        if (!_current.TryGetValue(subject, out var before) || before != message)
            logger.LogError("{Alarm}", message);
        _current[subject] = message;
    }

    /// <summary>It is over.</summary>
    public void Clear(string subject)
    {
        if (_current.TryRemove(subject, out var message))
            logger.LogInformation("Over: {Alarm}", message);
    }
}
