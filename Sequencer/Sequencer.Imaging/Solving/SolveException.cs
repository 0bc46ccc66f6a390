namespace Sequencer.Imaging;

/// <summary>Why a frame was not solved.</summary>
public enum SolveFailure
{
    /// <summary>The frame does not match the sky where it was looked for, or shows too few stars.</summary>
    NoSolution,

    /// <summary>The time allowed was over.</summary>
    Timeout,

    /// <summary>The solver's program is not installed; the message names the package.</summary>
    ProgramMissing,

    /// <summary>The solver cannot work with what it was given; the message says what is missing.</summary>
    HintMissing,
}

/// <summary>A frame was not solved. The message says why and what may help.</summary>
public sealed class SolveException : Exception
{
    public SolveException()
        : this(SolveFailure.NoSolution, "The frame was not solved.")
    {
    }

    public SolveException(string message)
        : this(SolveFailure.NoSolution, message)
    {
    }

    public SolveException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public SolveException(SolveFailure failure, string message)
        : base(message) => Failure = failure;

    public SolveFailure Failure { get; }
}
