namespace Alpaca.Drivers.Astrohaven;

/// <summary>The leaves are not where they should be after a move.</summary>
internal sealed class MoveFailedException(string message) : Exception(message);
