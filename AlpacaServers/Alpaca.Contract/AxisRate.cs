namespace Alpaca.Contract;

/// <summary>A range of rates at which an axis can be moved.</summary>
/// <param name="Minimum">Slowest rate, degrees per second, 0 or more.</param>
/// <param name="Maximum">Fastest rate, degrees per second, not below the minimum.</param>
public readonly record struct AxisRate(double Minimum, double Maximum);
