using Alpaca.Contract;
using Alpaca.Devices.Drivers;
using Alpaca.Devices.Links;
using Alpaca.Devices.Loop;

namespace Alpaca.Devices.Tests.Sample;

/// <summary>The Stepper focuser: absolute, with a thermometer.</summary>
internal sealed class StepperFocuser(StepperOptions options, DriverContext context)
    : LinkedDevice<StepperProtocol, StepperState>(context, options.Port, new SerialSettings(9600)), IFocuser
{
    private readonly Motion _move = new("move");

    public ValueTask<bool> AbsoluteAsync(CancellationToken cancel = default) => new(true);

    public ValueTask<int> MaxStepAsync(CancellationToken cancel = default) => new(options.MaxStep);

    public ValueTask<int> MaxIncrementAsync(CancellationToken cancel = default) => new(options.MaxStep);

    public ValueTask<int> PositionAsync(CancellationToken cancel = default) => new(State.Position);

    public ValueTask<double> TemperatureAsync(CancellationToken cancel = default) => new(State.Temperature);

    public ValueTask<bool> IsMovingAsync(CancellationToken cancel = default)
    {
        var state = State;
        return new(_move.UnderWayOrThrow() || state.IsMoving);
    }

    public async ValueTask MoveAsync(int position, CancellationToken cancel = default)
    {
        var target = Math.Clamp(position, 0, options.MaxStep);
        await StartAsync(
            _move,
            (protocol, c) => protocol.MoveAsync(target, c),
            new()
            {
                HasEnded = state => !state.IsMoving,
                Verify = state => state.Position == target ? null : $"the focuser stopped at {state.Position} instead of {target}; is it stuck, or at its end?",
                Deadline = options.MoveTimeout,
                Stop = (protocol, c) => protocol.HaltAsync(c),
            },
            cancel);
    }

    public ValueTask HaltAsync(CancellationToken cancel = default) => AbortAsync("halt", (protocol, c) => protocol.HaltAsync(c), cancel);

    protected override StepperProtocol Speak(ILink link) => new(link);

    protected override async ValueTask<string> IdentifyAsync(StepperProtocol protocol, CancellationToken cancel) =>
        $"Stepper focuser {await protocol.SerialNumberAsync(cancel)}";

    protected override async ValueTask<StepperState> PollAsync(StepperProtocol protocol, StepperState? last, CancellationToken cancel)
    {
        var (position, isMoving) = await protocol.PositionAsync(cancel);
        return new(position, isMoving, last?.Temperature ?? await protocol.TemperatureAsync(cancel));
    }

    protected override async ValueTask<StepperState> PollSlowAsync(StepperProtocol protocol, StepperState last, CancellationToken cancel) =>
        last with { Temperature = await protocol.TemperatureAsync(cancel) };

    protected override bool IsMoving(StepperState state) => state.IsMoving;
}
