using DataServices.Hisparc.Events;

namespace DataServices.Hisparc.Log;

/// <summary>Where batches go before they are acknowledged: the log of this machine, or the queues in front of several writers.</summary>
public interface IBatchSink
{
    /// <summary>Whether a batch could be taken now.</summary>
    bool IsWritable { get; }

    /// <summary>Takes a batch. When the task is done the batch survives a power cut.</summary>
    /// <param name="record">The batch as it came.</param>
    /// <param name="batch">The same, read.</param>
    /// <param name="cancel">Gives up waiting; the batch may be kept all the same.</param>
    /// <exception cref="IOException">It could not be made durable; the sender has to keep it.</exception>
    Task StoreAsync(LogRecord record, EventBatch batch, CancellationToken cancel);
}
