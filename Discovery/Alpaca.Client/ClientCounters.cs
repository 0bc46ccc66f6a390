namespace Alpaca.Client;

/// <summary>What an <see cref="AlpacaConnection"/> has seen so far.</summary>
/// <param name="Requests">HTTP requests sent, repetitions included.</param>
/// <param name="Retries">Reads repeated after a failure of the link.</param>
/// <param name="LinkFailures">Requests without a usable answer.</param>
/// <param name="DeviceErrors">Answers in which the device refused.</param>
/// <param name="MismatchedTransactions">Answers that bear another transaction's number; tolerated, for some servers always send 0.</param>
public readonly record struct ClientCounters(long Requests, long Retries, long LinkFailures, long DeviceErrors, long MismatchedTransactions);
