namespace Alpaca.Devices.Tests.Sample;

/// <summary>What is known of a Stepper focuser.</summary>
/// <param name="Position">Steps.</param>
/// <param name="IsMoving">Whether the motor turns.</param>
/// <param name="Temperature">Degrees Celsius.</param>
internal sealed record StepperState(int Position, bool IsMoving, double Temperature);
