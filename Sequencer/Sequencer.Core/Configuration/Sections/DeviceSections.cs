using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>Alpaca devices, mount, dome and interlock.</summary>
internal static class DeviceSections
{
    public static Section<AlpacaOptions> Alpaca { get; } = new Section<AlpacaOptions>("The Alpaca devices and how to talk to them.", new())
        .Key("discovery", Kinds.Flag, o => o.Discovery, (o, v) => o with { Discovery = v }, "Look for devices without a host by discovery.")
        .Key("discovery_port", Kinds.Port, o => o.DiscoveryPort, (o, v) => o with { DiscoveryPort = v }, "UDP port of discovery.")
        .Key("poll_interval", Kinds.Seconds(0.05, 60), o => o.PollInterval, (o, v) => o with { PollInterval = v }, "How often a busy device is asked whether it is done.")
        .Key("request_timeout", Kinds.Seconds(0.1, 600), o => o.RequestTimeout, (o, v) => o with { RequestTimeout = v }, "An answer that takes longer is a failure.")
        .Key("servers", new ListKind<AlpacaServerOptions>(Server()), o => o.Servers, (o, v) => o with { Servers = v }, "Servers that need more than their address: TLS, credentials.")
        .Key("devices", Roles(), o => o.Devices, (o, v) => o with { Devices = v }, "The devices that are not part of a camera.");

    public static Section<MountOptions> Mount { get; } = new Section<MountOptions>("How the mount is used.", new())
        .Key("settings", new Section<MountSettings>("Tracking and guiding.", new())
            .Key("update_tracking", Kinds.Flag, o => o.UpdateTracking, (o, v) => o with { UpdateTracking = v }, "Measure the drift between frames and correct it.")
            .Key("min_tracking_threshold", Kinds.Milliseconds(), o => o.MinTrackingThreshold, (o, v) => o with { MinTrackingThreshold = v }, "Pulses up to this length are not sent.")
            .Key("max_tracking_threshold", Kinds.Milliseconds(), o => o.MaxTrackingThreshold, (o, v) => o with { MaxTrackingThreshold = v }, "Pulses are cut to this length.")
            .Key("guide_dec_flip", Kinds.Flag, o => o.GuideDecFlip, (o, v) => o with { GuideDecFlip = v }, "The driver swaps north and south after a meridian flip.")
            .Check(o => o.MinTrackingThreshold <= o.MaxTrackingThreshold ? null : new("min_tracking_threshold", "min_tracking_threshold is above max_tracking_threshold")),
            o => o.Settings, (o, v) => o with { Settings = v }, "Tracking and guiding.")
        .Key("slew_timeout", Kinds.Seconds(1), o => o.SlewTimeout, (o, v) => o with { SlewTimeout = v }, "A slew that takes longer is aborted.")
        .Key("park_timeout", Kinds.Seconds(1), o => o.ParkTimeout, (o, v) => o with { ParkTimeout = v }, "Parking that takes longer has failed.")
        .Key("home_timeout", Kinds.Seconds(1), o => o.HomeTimeout, (o, v) => o with { HomeTimeout = v }, "Homing that takes longer has failed.")
        .Key("num_park_attempts", new WholeKind(1, 100), o => o.NumParkAttempts, (o, v) => o with { NumParkAttempts = v }, "How often parking is tried before a person is called.")
        .Key("park_fallback", new ChoiceKind<ParkFallback>(), o => o.ParkFallback, (o, v) => o with { ParkFallback = v }, "Where a mount that cannot park rests instead: at home, or at park_altitude and park_azimuth.")
        .Key("park_altitude", Kinds.Degrees(0, 90), o => o.ParkAltitudeDegrees, (o, v) => o with { ParkAltitudeDegrees = v }, "Altitude of the resting place.")
        .Key("park_azimuth", Kinds.Degrees(0, 360), o => o.ParkAzimuthDegrees, (o, v) => o with { ParkAzimuthDegrees = v }, "Azimuth of the resting place, from north through east.")
        .Key("clock_tolerance", Kinds.Seconds(), o => o.ClockTolerance, (o, v) => o with { ClockTolerance = v }, "How far the mount's clock may differ; beyond, slews are refused.")
        .Key("site_tolerance", Kinds.Degrees(0, 360), o => o.SiteToleranceDegrees, (o, v) => o with { SiteToleranceDegrees = v }, "How far the mount's site may differ; beyond, slews are refused.")
        .Key("altitude_limit", Kinds.Degrees(-10, 89), o => o.AltitudeLimitDegrees, (o, v) => o with { AltitudeLimitDegrees = v }, "No exposure is begun that would end below this altitude; a higher limit that the driver tells counts instead.")
        .Key("meridian_limit", Kinds.Degrees(0, 90), o => o.MeridianLimitDegrees, (o, v) => o with { MeridianLimitDegrees = v }, "How far past the meridian the mount may track before it is turned over; without it, what the driver tells.");

    public static Section<DomeOptions> Dome { get; } = new Section<DomeOptions>("How the dome is used.", new())
        .Key("follow_mount", Kinds.Flag, o => o.FollowMount, (o, v) => o with { FollowMount = v }, "Turn the dome after the telescope when it can turn.")
        .Key("needs_parked_mount", Kinds.Flag, o => o.NeedsParkedMount, (o, v) => o with { NeedsParkedMount = v }, "The roof can hit the telescope (roll-off): it moves only over a parked one.")
        .Key("open_timeout", Kinds.Seconds(1), o => o.OpenTimeout, (o, v) => o with { OpenTimeout = v }, "Opening that takes longer has failed.")
        .Key("close_timeout", Kinds.Seconds(1), o => o.CloseTimeout, (o, v) => o with { CloseTimeout = v }, "Closing that takes longer has failed: 1.5 times what the shutter needs.")
        .Key("close_attempts", new WholeKind(1, 100), o => o.CloseAttempts, (o, v) => o with { CloseAttempts = v }, "How often closing is tried in a row before the alarm.")
        .Key("retry_interval", Kinds.Seconds(1), o => o.RetryInterval, (o, v) => o with { RetryInterval = v }, "After the alarm, closing is tried again this often, without end.");

    public static Section<SafetyOptions> Safety { get; } = new Section<SafetyOptions>("The interlock.", new())
        .Key("poll_interval", Kinds.Seconds(0.1, 5), o => o.PollInterval, (o, v) => o with { PollInterval = v }, "How often the safety sources are asked; 2 s are the budget from rain to close command.")
        .Key("debounce", Kinds.Seconds(0, 300), o => o.Debounce, (o, v) => o with { Debounce = v }, "How long the mains may be away before that counts as lost.")
        .Key("power_max_age", Kinds.Seconds(1, 3600), o => o.PowerMaxAge, (o, v) => o with { PowerMaxAge = v }, "A power answer of this age is unsafe.")
        .Key("ac_power_switch", new WholeKind(0), o => o.AcPowerSwitch, (o, v) => o with { AcPowerSwitch = v }, "Number of the switch that is on while the mains are on, on alpaca.devices.switch.")
        .Key("dome_closed_is_weather_safe", Kinds.Flag, o => o.DomeClosedIsWeatherSafe, (o, v) => o with { DomeClosedIsWeatherSafe = v }, "Bad weather counts as safe while the dome is closed; it never opens the dome.")
        .Key("close_policy", new ChoiceKind<Sequencer.Safety.ClosePolicy>(), o => o.ClosePolicy, (o, v) => o with { ClosePolicy = v }, "Who wins when the weather is bad and the telescope is in the way of the roof.")
        .Key("required_free_space", new QuantityKind(Unit.Gigabyte, 0), o => o.RequiredFreeSpaceGigabytes, (o, v) => o with { RequiredFreeSpaceGigabytes = v }, "Space that the system disk and the image disk must have.");

    /// <summary>One device of a type that its place in the file fixes.</summary>
    public static Section<AlpacaDeviceOptions> Device(string type) => new Section<AlpacaDeviceOptions>($"An Alpaca {type}.", new() { Type = type })
        .Key("host", Kinds.Word, o => o.Host, (o, v) => o with { Host = v }, "Host name or address; without one it is found by discovery.")
        .Key("port", Kinds.Port, o => o.Port, (o, v) => o with { Port = v }, "TCP port of the server.")
        .Key("type", new TextKind(text => string.Equals(text, type, StringComparison.OrdinalIgnoreCase) ? null : $"only a {type} fits here, not a '{text}'"), o => o.Type, (o, v) => o with { Type = type }, "Device type, fixed by the role.")
        .Key("number", new WholeKind(0), o => o.Number, (o, v) => o with { Number = v }, "Device number on its server.")
        .Key("unique_id", Kinds.Word, o => o.UniqueId, (o, v) => o with { UniqueId = v }, "UniqueID; when given, only that device will do.");

    private static Section<AlpacaServerOptions> Server() => new Section<AlpacaServerOptions>("How to talk to one server.", new())
        .Key("address", new TextKind(AddressFault), o => o.Address, (o, v) => o with { Address = v }, "The server's root, for example https://192.168.1.20:11111.")
        .Key("credential_file", Kinds.Word, o => o.CredentialFile, (o, v) => o with { CredentialFile = v }, "File with the token, or name:password; readable by its owner only. It goes to this address only.")
        .Key("credential_variable", Kinds.Word, o => o.CredentialVariable, (o, v) => o with { CredentialVariable = v }, "Environment variable that holds it instead.")
        .Key("fingerprint", Kinds.Word, o => o.Fingerprint, (o, v) => o with { Fingerprint = v }, "SHA-256 fingerprint of a certificate that the server made itself: it prints it when it starts.")
        .Check(o => AddressFault(o.Address) is { } wrong ? new("address", wrong) : null)
        .Check(o => o is { CredentialFile: not null, CredentialVariable: not null } ? new("credential_variable", "give credential_file or credential_variable, not both") : null)
        .Check(o => o.Fingerprint is not null && !o.Address.StartsWith("https:", StringComparison.Ordinal) ? new("fingerprint", "a fingerprint needs an https address") : null);

    private static string? AddressFault(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
            ? null
            : $"'{address}' is not a server's address; it looks like https://192.168.1.20:11111";

    private static Section<DeviceRoles> Roles() => new Section<DeviceRoles>("The devices that are not part of a camera.", new())
        .Key("telescope", Device("telescope"), o => o.Telescope, (o, v) => o with { Telescope = v }, "The mount.")
        .Key("dome", Device("dome"), o => o.Dome, (o, v) => o with { Dome = v }, "Dome, clamshell or roll-off roof.")
        .Key("covercalibrator", Device("covercalibrator"), o => o.CoverCalibrator, (o, v) => o with { CoverCalibrator = v }, "Telescope cover or flat panel.")
        .Key("rotator", Device("rotator"), o => o.Rotator, (o, v) => o with { Rotator = v }, "Camera rotator.")
        .Key("observingconditions", Device("observingconditions"), o => o.ObservingConditions, (o, v) => o with { ObservingConditions = v }, "Weather values, for records and headers.")
        .Key("switch", Device("switch"), o => o.Switch, (o, v) => o with { Switch = v }, "Power board.")
        .Key("safetymonitors", new ListKind<AlpacaDeviceOptions>(Device("safetymonitor")), o => o.SafetyMonitors, (o, v) => o with { SafetyMonitors = v }, "All of these must say safe.");
}
