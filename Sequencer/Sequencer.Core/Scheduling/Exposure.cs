namespace Sequencer.Core.Scheduling;

/// <summary>A frame that has been taken.</summary>
/// <param name="ImageId">Identity of the frame.</param>
/// <param name="Path">The file.</param>
/// <param name="IsPrimary">True for the camera that points.</param>
/// <param name="Metadata">What else is known of it.</param>
public sealed record Exposure(string ImageId, string Path, bool IsPrimary, IReadOnlyDictionary<string, object?> Metadata);
