using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>Cameras, pointing, solver and what happens to frames.</summary>
internal static class ImagingSections
{
    private static readonly WholeKind Steps = new(0);

    public static Section<CamerasOptions> Cameras { get; } = new Section<CamerasOptions>("The cameras with their wheels and focusers.", new())
        .Key("defaults", new Section<CameraDefaults>("What holds for every camera that does not say otherwise.", new())
            .Key("readout_time", Kinds.Seconds(), o => o.ReadoutTime, (o, v) => o with { ReadoutTime = v }, "Time from the end of an exposure to the image: the first estimate, until measured.")
            .Key("timeout", Kinds.Seconds(1), o => o.Timeout, (o, v) => o with { Timeout = v }, "How long after exposure and readout a camera is given up.")
            .Key("exptime", Kinds.Seconds(), o => o.Exptime, (o, v) => o with { Exptime = v }, "Exposure of a target that does not say otherwise.")
            .Key("filter_type", Kinds.Word, o => o.FilterType, (o, v) => o with { FilterType = v }, "Bayer pattern when the camera does not tell its own."),
            o => o.Defaults, (o, v) => o with { Defaults = v }, "What holds for every camera.")
        .Key("devices", new ListKind<CameraOptions>(Camera()), o => o.Devices, (o, v) => o with { Devices = v }, "The cameras, in order.")
        .Check(o => o.Devices.Count(camera => camera.Primary) > 1 ? new("devices", "only one camera can be primary") : null)
        .Check(o => o.Devices.GroupBy(camera => camera.Name).FirstOrDefault(group => group.Count() > 1) is { } twice ? new("devices", $"two cameras are called '{twice.Key}'") : null);

    public static Section<PointingOptions> Pointing { get; } = new Section<PointingOptions>("Pointing by plate solution.", new())
        .Key("max_attempts", new WholeKind(0, 100), o => o.MaxAttempts, (o, v) => o with { MaxAttempts = v }, "Exposures taken to get on target; 0 turns pointing off.")
        .Key("auto_correct", Kinds.Flag, o => o.AutoCorrect, (o, v) => o with { AutoCorrect = v }, "Sync and slew again when the target is missed by more than the threshold.")
        .Key("threshold", new QuantityKind(Unit.Arcsecond, 0, 36000), o => o.ThresholdArcsec, (o, v) => o with { ThresholdArcsec = v }, "Allowed error on the sky in each axis.")
        .Key("exptime", Kinds.Seconds(), o => o.Exptime, (o, v) => o with { Exptime = v }, "Length of a pointing exposure.")
        .Key("on_failure", new ChoiceKind<PointingFailure>(), o => o.OnFailure, (o, v) => o with { OnFailure = v }, "What to do when the target is still missed after the last attempt.");

    public static Section<SolverOptions> Solver { get; } = new Section<SolverOptions>("The plate solver.", new())
        .Key("kind", new ChoiceKind<SolverKind>(), o => o.Kind, (o, v) => o with { Kind = v }, "astrometry.net's solve-field, or the built-in catalogue matcher.")
        .Key("radius", Kinds.Degrees(0.01, 180), o => o.RadiusDegrees, (o, v) => o with { RadiusDegrees = v }, "How far from the commanded position the solver looks.")
        .Key("timeout", Kinds.Seconds(1, 3600), o => o.Timeout, (o, v) => o with { Timeout = v }, "A solution that takes longer has failed.");

    public static Section<ObservationsOptions> Observations { get; } = new Section<ObservationsOptions>("What happens to every frame.", new())
        .Key("compress_fits", Kinds.Flag, o => o.CompressFits, (o, v) => o with { CompressFits = v }, "Compress FITS files without loss.")
        .Key("record_observations", Kinds.Flag, o => o.RecordObservations, (o, v) => o with { RecordObservations = v }, "Keep a record of every frame.")
        .Key("make_pretty_images", Kinds.Flag, o => o.MakePrettyImages, (o, v) => o with { MakePrettyImages = v }, "Write a preview picture of every frame.")
        .Key("plate_solve", Kinds.Flag, o => o.PlateSolve, (o, v) => o with { PlateSolve = v }, "Plate-solve every frame.");

    public static Section<ObservingOptions> Observing { get; } = new Section<ObservingOptions>("How a visit is cut.", new())
        .Key("exposures_per_visit", new ChoiceKind<ExposuresPerVisit>(new Dictionary<string, ExposuresPerVisit> { ["block"] = ExposuresPerVisit.Block, ["1"] = ExposuresPerVisit.One }),
            o => o.ExposuresPerVisit, (o, v) => o with { ExposuresPerVisit = v }, "A whole block per visit, or 1 exposure (needed for tracking correction).")
        .Key("safety_interval", Kinds.Seconds(0.1, 5), o => o.SafetyInterval, (o, v) => o with { SafetyInterval = v }, "How often safety is looked at during an exposure.");

    private static Section<CameraOptions> Camera() => new Section<CameraOptions>("One camera.", new() { Name = "" })
        .Key("name", Kinds.Word, o => o.Name, (o, v) => o with { Name = v }, "Name, for example Cam00.", required: true)
        .Key("primary", Kinds.Flag, o => o.Primary, (o, v) => o with { Primary = v }, "True for the camera that points.")
        .Key("uid", new TextKind(Identity), o => o.Uid, (o, v) => o with { Uid = v }, "Short identity in paths and headers; made from the device's UniqueID when absent.")
        .Key("model", Kinds.Word, o => o.Model, (o, v) => o with { Model = v }, "Model for the FITS header; the device's own name when absent.")
        .Key("device", DeviceSections.Device("camera"), o => o.Device, (o, v) => o with { Device = v }, "The Alpaca camera.")
        .Key("filterwheel", Wheel(), o => o.FilterWheel, (o, v) => o with { FilterWheel = v }, "Filter wheel.")
        .Key("focuser", Focuser(), o => o.Focuser, (o, v) => o with { Focuser = v }, "Focuser.")
        .Key("focal_length", new QuantityKind(Unit.Millimetre, 1, 100000), o => o.FocalLengthMillimetres, (o, v) => o with { FocalLengthMillimetres = v }, "Focal length of the optics.")
        .Key("aperture", new QuantityKind(Unit.Millimetre, 1, 20000), o => o.ApertureMillimetres, (o, v) => o with { ApertureMillimetres = v }, "Aperture of the optics.")
        .Key("readout_time", Kinds.Seconds(), o => o.ReadoutTime, (o, v) => o with { ReadoutTime = v }, "Overrides cameras.defaults.readout_time.")
        .Key("timeout", Kinds.Seconds(1), o => o.Timeout, (o, v) => o with { Timeout = v }, "Overrides cameras.defaults.timeout.")
        .Key("filter_type", Kinds.Word, o => o.FilterType, (o, v) => o with { FilterType = v }, "Overrides cameras.defaults.filter_type.")
        .Key("gain", new WholeKind(), o => o.Gain, (o, v) => o with { Gain = v }, "Gain to set, in the camera's unit.")
        .Key("offset", new WholeKind(), o => o.Offset, (o, v) => o with { Offset = v }, "Offset to set, in the camera's unit.")
        .Key("binning", new WholeKind(1, 64), o => o.Binning, (o, v) => o with { Binning = v }, "Binning of both axes.")
        .Key("cooling", Cooling(), o => o.Cooling, (o, v) => o with { Cooling = v }, "Cooling.");

    private static Section<FilterWheelOptions> Wheel() => new Section<FilterWheelOptions>("A filter wheel in front of a camera.", new())
        .Key("device", DeviceSections.Device("filterwheel"), o => o.Device, (o, v) => o with { Device = v }, "The Alpaca filter wheel.")
        .Key("filter_names", new ListKind<string>(Kinds.Word), o => o.FilterNames, (o, v) => o with { FilterNames = v }, "Names of the slots in order; the device's own when empty.")
        .Key("timeout", Kinds.Seconds(1), o => o.Timeout, (o, v) => o with { Timeout = v }, "Turning that takes longer has failed.")
        .Key("dark_position", Kinds.Word, o => o.DarkPosition, (o, v) => o with { DarkPosition = v }, "Name of the opaque slot.")
        .Key("focus_offsets", new MapKind<int>(new WholeKind()), o => o.FocusOffsets, (o, v) => o with { FocusOffsets = v }, "Focuser steps per filter; the device's own when empty.");

    private static Section<FocuserOptions> Focuser() => new Section<FocuserOptions>("A focuser behind a camera.", new())
        .Key("device", DeviceSections.Device("focuser"), o => o.Device, (o, v) => o with { Device = v }, "The Alpaca focuser.")
        .Key("initial_position", Steps, o => o.InitialPosition, (o, v) => o with { InitialPosition = v }, "Position to go to at start, steps.")
        .Key("timeout", Kinds.Seconds(1), o => o.Timeout, (o, v) => o with { Timeout = v }, "A move that takes longer has failed.");

    private static Section<CoolingOptions> Cooling() => new Section<CoolingOptions>("Cooling of one camera.", new())
        .Key("enabled", Kinds.Flag, o => o.Enabled, (o, v) => o with { Enabled = v }, "Switch the cooler on.")
        .Key("target", new QuantityKind(Unit.Celsius, -120, 50), o => o.TargetCelsius, (o, v) => o with { TargetCelsius = v }, "Set point.")
        .Key("tolerance", new QuantityKind(Unit.Kelvin, 0.01, 20), o => o.ToleranceKelvin, (o, v) => o with { ToleranceKelvin = v }, "Stable within this of the set point.")
        .Key("stable_time", Kinds.Seconds(), o => o.StableTime, (o, v) => o with { StableTime = v }, "How long it must be stable.")
        .Key("check_interval", Kinds.Seconds(1), o => o.CheckInterval, (o, v) => o with { CheckInterval = v }, "How often it is looked at while cooling down.")
        .Key("timeout", Kinds.Seconds(1), o => o.Timeout, (o, v) => o with { Timeout = v }, "A camera not stable after this is left out of the night.");

    private static string? Identity(string text) =>
        text.Length is > 0 and <= 32 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? null : "use up to 32 letters, digits, _ and -";
}
