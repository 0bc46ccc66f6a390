namespace Sequencer.Core.Configuration;

/// <summary>Where records live.</summary>
public enum DbKind
{
    /// <summary>JSON files.</summary>
    File,

    /// <summary>Memory: gone when the process ends.</summary>
    Memory,
}
