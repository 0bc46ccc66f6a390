using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>The whole file.</summary>
internal static class ObservatorySection
{
    public static Section<ObservatoryConfiguration> Root { get; } = new Section<ObservatoryConfiguration>("One observatory: site, devices, safety, scheduling, imaging.", new())
        .Key("name", Kinds.Word, o => o.Name, (o, v) => o with { Name = v }, "Name of the unit; FITS OBSERVER.")
        .Key("pan_id", new TextKind(UnitId), o => o.PanId, (o, v) => o with { PanId = v }, "Identity of the unit in file names and records.")
        .Key("location", SiteSections.Location, o => o.Location, (o, v) => o with { Location = v }, "Where the observatory stands.")
        .Key("directories", SiteSections.Directories, o => o.Directories, (o, v) => o with { Directories = v }, "Where files are read and written.")
        .Key("db", SiteSections.Db, o => o.Db, (o, v) => o with { Db = v }, "The local record store.")
        .Key("wait_delay", Kinds.Seconds(1), o => o.WaitDelay, (o, v) => o with { WaitDelay = v }, "How long the state machine waits before it looks again.")
        .Key("max_transition_attempts", new WholeKind(0, 1000), o => o.MaxTransitionAttempts, (o, v) => o with { MaxTransitionAttempts = v }, "How often a refused transition is tried again before the unit parks.")
        .Key("max_observing_attempts", new WholeKind(1, 1000), o => o.MaxObservingAttempts, (o, v) => o with { MaxObservingAttempts = v }, "How many abnormal parkings a night survives.")
        .Key("state_machine", Kinds.Word, o => o.StateMachine, (o, v) => o with { StateMachine = v }, "Name of a shipped state table (classic, compact, calibrating) or an absolute path.")
        .Key("scheduler", Scheduler(), o => o.Scheduler, (o, v) => o with { Scheduler = v }, "What to observe, and by which rules.")
        .Key("mount", DeviceSections.Mount, o => o.Mount, (o, v) => o with { Mount = v }, "How the mount is used.")
        .Key("dome", DeviceSections.Dome, o => o.Dome, (o, v) => o with { Dome = v }, "How the dome is used.")
        .Key("pointing", ImagingSections.Pointing, o => o.Pointing, (o, v) => o with { Pointing = v }, "Pointing by plate solution.")
        .Key("cameras", ImagingSections.Cameras, o => o.Cameras, (o, v) => o with { Cameras = v }, "The cameras.")
        .Key("environment", SiteSections.Environment, o => o.Environment, (o, v) => o with { Environment = v }, "The surroundings.")
        .Key("observations", ImagingSections.Observations, o => o.Observations, (o, v) => o with { Observations = v }, "What happens to every frame.")
        .Key("observing", ImagingSections.Observing, o => o.Observing, (o, v) => o with { Observing = v }, "How a visit is cut.")
        .Key("solver", ImagingSections.Solver, o => o.Solver, (o, v) => o with { Solver = v }, "The plate solver.")
        .Key("alpaca", DeviceSections.Alpaca, o => o.Alpaca, (o, v) => o with { Alpaca = v }, "The Alpaca devices.")
        .Key("simulator", new ListKind<Simulation>(new ChoiceKind<Simulation>(), orOne: true), o => o.Simulator, (o, v) => o with { Simulator = v }, "Safety answers that are made up: night, power, weather. Simulated devices are Alpaca servers and need nothing here.")
        .Key("safety", DeviceSections.Safety, o => o.Safety, (o, v) => o with { Safety = v }, "The interlock.")
        .Check(o => o.Alpaca.Devices.SafetyMonitors.Count > 0 || o.Simulates(Simulation.Weather)
            ? null
            : new("alpaca", "nothing says whether the weather is safe, so the dome would never open: add alpaca.devices.safetymonitors, or 'weather' to simulator"))
        .Check(o => (o.Safety.AcPowerSwitch is not null && o.Alpaca.Devices.Switch is not null) || o.Simulates(Simulation.Power)
            ? null
            : new("safety", "nothing says whether the mains are on, so it would never be safe: set safety.ac_power_switch and alpaca.devices.switch, or add 'power' to simulator"));

    private static Section<SchedulerOptions> Scheduler() => new Section<SchedulerOptions>("What to observe, and by which rules the next target is chosen.", new())
        .Key("fields_file", Kinds.Word, o => o.FieldsFile, (o, v) => o with { FieldsFile = v }, "Target list, a file in directories.fields or an absolute path.")
        .Key("check_file", Kinds.Flag, o => o.CheckFile, (o, v) => o with { CheckFile = v }, "Read the target list again each time a target is chosen.")
        .Key("constraints", new ListKind<ConstraintOptions>(new ConstraintKind()), o => o.Constraints, (o, v) => o with { Constraints = v }, "Rules every target has to pass.")
        .Key("hysteresis", new QuantityKind(Unit.None, 0, 10), o => o.Hysteresis, (o, v) => o with { Hysteresis = v }, "The current target is left only for a merit higher by this fraction.")
        .Key("settle_time", Kinds.Seconds(), o => o.SettleTime, (o, v) => o with { SettleTime = v }, "Added to each exposure beside the readout time when a visit's length is estimated.");

    private static string? UnitId(string text) =>
        text.Length is > 0 and <= 32 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? null : "use up to 32 letters, digits, _ and -, such as PAN000";
}
