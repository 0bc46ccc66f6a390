namespace Sequencer.Safety;

/// <summary>Everything measured that safety depends on. An empty one is unsafe in every respect.</summary>
public sealed record SafetyInputs
{
    /// <summary>False before the session starts and after power-down: nothing is safe then.</summary>
    public bool Connected { get; init; }

    /// <summary>Every weather source that is configured, also those that did not answer. None is unsafe.</summary>
    public IReadOnlyList<SafetySource> Weather { get; init; } = [];

    /// <summary>Every source of "the mains are on" that is configured. None is unsafe.</summary>
    public IReadOnlyList<SafetySource> Power { get; init; } = [];

    /// <summary>Free bytes on the system disk; null when it could not be read, which is unsafe.</summary>
    public long? FreeRootBytes { get; init; }

    /// <summary>Free bytes on the disk of the images; null when it could not be read, which is unsafe.</summary>
    public long? FreeImagesBytes { get; init; }

    /// <summary>The shutter as its sensor reports it.</summary>
    public ShutterState Shutter { get; init; } = ShutterState.Unknown;
}
