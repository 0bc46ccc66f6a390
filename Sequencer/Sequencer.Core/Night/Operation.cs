namespace Sequencer.Core.Night;

/// <summary>
/// What the state machine is busy with, so that the watch can stop it. Work that must not be stopped (parking, closing) runs outside of it.
/// </summary>
internal sealed class Operation : IDisposable
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _source;

    /// <summary>Why the last operation was stopped; null if it was not.</summary>
    public string? Interruption { get; private set; }

    /// <summary>Begins an operation.</summary>
    /// <returns>The token that stops it, with that of the night.</returns>
    public CancellationToken Begin(CancellationToken night)
    {
        lock (_gate)
        {
            _source?.Dispose();
            _source = CancellationTokenSource.CreateLinkedTokenSource(night);
            Interruption = null;
            return _source.Token;
        }
    }

    /// <summary>Ends the operation: nobody can stop it any more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _source?.Dispose();
            _source = null;
        }
    }

    /// <summary>Stops the operation under way, if there is one.</summary>
    public void Interrupt(string reason)
    {
        CancellationTokenSource source;
        lock (_gate)
        {
            if (_source is null || _source.IsCancellationRequested) return;
            Interruption = reason;
            source = _source;
        }
        source.Cancel();
    }

    public void Dispose() => End();
}
