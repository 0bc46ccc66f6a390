using System.Globalization;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>
/// Everything that starts something: returns before it is done, says so from before the reply until the end, and gets there. Each type's moves are in a file of their own;
/// they put back what they have moved.
/// </summary>
internal sealed partial class MotionCheck : DeviceCheck
{
    public override string Name => "motions";

    public override Stage Stage => Stage.Connected;

    public override bool Moves => true;

    public override Task RunAsync(Device device, CancellationToken cancel) => device.Type switch
    {
        "camera" => CameraAsync(device, cancel),
        "covercalibrator" => CoverAsync(device, cancel),
        "dome" => DomeAsync(device, cancel),
        "filterwheel" => FilterWheelAsync(device, cancel),
        "focuser" => FocuserAsync(device, cancel),
        "rotator" => RotatorAsync(device, cancel),
        "switch" => SwitchAsync(device, cancel),
        "telescope" => TelescopeAsync(device, cancel),
        _ => Task.CompletedTask,
    };

    /// <summary>Starts something and watches it to the end.</summary>
    private static Task<bool> DoAsync(
        Device device,
        string member,
        (string, string)[] parameters,
        string completion,
        Func<Task<bool?>> isBusy,
        Func<Task<string?>> wrong,
        CancellationToken cancel) => new Initiator(device, member, parameters, completion, isBusy, wrong).RunAsync(cancel);

    /// <summary>Stops something and watches it stop.</summary>
    private static Task<bool> StopAsync(Device device, string member, (string, string)[] parameters, string completion, Func<Task<bool?>> isBusy, CancellationToken cancel) =>
        new Initiator(device, member, parameters, completion, isBusy, async () => await isBusy() is true ? $"it is still {completion}" : null) { MayFinishFirst = true }.RunAsync(cancel);

    private static async Task<bool?> BooleanAsync(Device device, string member, CancellationToken cancel) => (await device.ReadAsync(member, cancel)).Boolean;

    private static async Task<double?> NumberAsync(Device device, string member, CancellationToken cancel, params (string, string)[] parameters) =>
        (await device.ReadAsync(member, cancel, parameters)).Number;

    /// <summary>Says what a property is if it is not what it should be.</summary>
    private static async Task<string?> ShouldBeAsync(Device device, string member, bool expected, CancellationToken cancel) =>
        await BooleanAsync(device, member, cancel) is { } value && value == expected ? null : $"{member} is not {Text(expected)}";

    /// <summary>Says what a property is if it is not near what it should be; on a circle if a turn is given.</summary>
    private static async Task<string?> ShouldBeAsync(Device device, string member, double expected, double tolerance, CancellationToken cancel, double turn = 0)
    {
        if (await NumberAsync(device, member, cancel) is not { } value)
            return $"{member} cannot be read";
        var off = turn > 0 ? Math.Abs(Math.IEEERemainder(value - expected, turn)) : Math.Abs(value - expected);
        return off <= tolerance ? null : FormattableString.Invariant($"{member} is {value} and not {expected}");
    }

    private static async Task ShouldDoAsync(Device device, string member, (string, string)[] parameters, CancellationToken cancel)
    {
        var reply = await device.CommandAsync(member, cancel, parameters);
        if (!reply.IsDone)
            Refused(device, member, reply);
    }

    private static void Refused(Device device, string member, Reply reply) => device.Find(Rules.Capability, device.Put(member), "error 0", reply);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
