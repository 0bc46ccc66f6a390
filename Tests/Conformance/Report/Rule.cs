namespace Conformance.Report;

/// <summary>How bad it is to break a rule.</summary>
public enum Weight
{
    /// <summary>The standard forbids it, or clients and checkers are known to fail on it.</summary>
    Fault,

    /// <summary>The standard leaves it open; doing it the usual way spares somebody trouble.</summary>
    Advice,
}

/// <summary>One rule of the standard.</summary>
/// <param name="Name">What reports and tests call it.</param>
/// <param name="Weight">How bad it is to break it.</param>
/// <param name="Text">The rule in a sentence.</param>
public sealed record Rule(string Name, Weight Weight, string Text);
