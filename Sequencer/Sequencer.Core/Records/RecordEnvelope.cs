using System.Text.Json;

namespace Sequencer.Core.Records;

/// <summary>A record with what the store adds to it.</summary>
/// <param name="Id">UUID; a current record and its permanent copy have different ones.</param>
/// <param name="Collection">Name of the collection.</param>
/// <param name="Date">When it was stored, UTC.</param>
/// <param name="Data">The record itself.</param>
public sealed record RecordEnvelope(string Id, string Collection, DateTimeOffset Date, JsonElement Data);
