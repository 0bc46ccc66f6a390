namespace DataServices.Hisparc.Events;

/// <summary>An event as it will be stored, except for its number and the places of its blobs.</summary>
/// <param name="Type">Which table.</param>
/// <param name="Day">Which file.</param>
/// <param name="Row">The row; event_id is 0 and blob columns hold the position in <paramref name="Blobs"/>, or -1.</param>
/// <param name="Blobs">Its blobs in the order they were sent.</param>
/// <param name="Identity">What tells it apart from others; the default in compatibility mode, which stores everything.</param>
public sealed record BuiltEvent(EventType Type, DateOnly Day, byte[] Row, IReadOnlyList<byte[]> Blobs, EventIdentity Identity);

/// <summary>What became of an event.</summary>
/// <param name="Event">The row, or null when the event cannot be stored.</param>
/// <param name="Problem">Why it cannot be stored, or what about it is doubtful; null when all is well.</param>
/// <param name="Orphans">Blobs the reference would have stored for an event it then discarded; empty except in compatibility mode.</param>
/// <param name="Type">Its type, if that is known: the reference creates the table even when it then discards the event.</param>
public sealed record BuildResult(BuiltEvent? Event, string? Problem, IReadOnlyList<byte[]> Orphans, EventType? Type);
