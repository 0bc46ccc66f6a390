using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>Site, directories and record store.</summary>
internal static class SiteSections
{
    public static Section<LocationOptions> Location { get; } = new Section<LocationOptions>("Where the observatory stands, and its horizons.", new())
        .Key("name", Kinds.Word, o => o.Name, (o, v) => o with { Name = v }, "Name of the site.")
        .Key("latitude", Kinds.Degrees(-90, 90), o => o.LatitudeDegrees, (o, v) => o with { LatitudeDegrees = v }, "Geodetic latitude, north positive.")
        .Key("longitude", Kinds.Degrees(-180, 180), o => o.LongitudeDegrees, (o, v) => o with { LongitudeDegrees = v }, "Longitude, east positive.")
        .Key("elevation", new QuantityKind(Unit.Metre, -500, 9000), o => o.ElevationMetres, (o, v) => o with { ElevationMetres = v }, "Height above sea level.")
        .Key("pressure", new QuantityKind(Unit.Hectopascal, 0, 1100), o => o.PressureHectopascal, (o, v) => o with { PressureHectopascal = v }, "Air pressure at the site; 0 means no refraction.")
        .Key("horizon", Kinds.Degrees(-10, 90), o => o.HorizonDegrees, (o, v) => o with { HorizonDegrees = v }, "No target is observed below this altitude.")
        .Key("flat_horizon", Kinds.Degrees(-90, 90), o => o.FlatHorizonDegrees, (o, v) => o with { FlatHorizonDegrees = v }, "Flats need the Sun below this.")
        .Key("focus_horizon", Kinds.Degrees(-90, 90), o => o.FocusHorizonDegrees, (o, v) => o with { FocusHorizonDegrees = v }, "Focusing needs the Sun below this.")
        .Key("observe_horizon", Kinds.Degrees(-90, 90), o => o.ObserveHorizonDegrees, (o, v) => o with { ObserveHorizonDegrees = v }, "Observing needs the Sun below this.")
        .Key("obstructions", ObstructionKind.List, o => o.Obstructions, (o, v) => o with { Obstructions = v }, "Trees and walls: lists of at least two [altitude, azimuth] pairs, clockwise.")
        .Key("timezone", new TextKind(Zone), o => o.Timezone, (o, v) => o with { Timezone = v }, "IANA time zone for what is shown to people; files are in UTC.")
        .Key("gmt_offset", new QuantityKind(Unit.Minute, -840, 840), o => o.GmtOffsetMinutes, (o, v) => o with { GmtOffsetMinutes = v }, "Offset of the mount's clock from UTC.")
        .Check(o => o.ObserveHorizonDegrees <= o.FocusHorizonDegrees && o.FocusHorizonDegrees <= o.FlatHorizonDegrees
            ? null
            : new("observe_horizon", "the horizons must descend: flat_horizon, focus_horizon, observe_horizon"));

    public static Section<DirectoryOptions> Directories { get; } = new Section<DirectoryOptions>("Where files are read and written; relative ones stand on base, and base on the folder of this file.", new())
        .Key("base", Kinds.Word, o => o.Base, (o, v) => o with { Base = v }, "Root of the relative directories.")
        .Key("images", Kinds.Word, o => o.Images, (o, v) => o with { Images = v }, "FITS files.")
        .Key("fields", Kinds.Word, o => o.Fields, (o, v) => o with { Fields = v }, "Target lists.")
        .Key("logs", Kinds.Word, o => o.Logs, (o, v) => o with { Logs = v }, "Journal and summaries of the nights.");

    public static Section<DbOptions> Db { get; } = new Section<DbOptions>("The local record store.", new())
        .Key("name", Kinds.Word, o => o.Name, (o, v) => o with { Name = v }, "Name of the store.")
        .Key("type", new ChoiceKind<DbKind>(), o => o.Type, (o, v) => o with { Type = v }, "Files, or memory for a run that leaves nothing behind.")
        .Key("folder", Kinds.Word, o => o.Folder, (o, v) => o with { Folder = v }, "Folder of the stores.");

    public static Section<EnvironmentOptions> Environment { get; } = new Section<EnvironmentOptions>("The surroundings.", new())
        .Key("weather", new Section<WeatherOptions>("Weather.", new())
            .Key("safety_delay", Kinds.Minutes(), o => o.SafetyDelay, (o, v) => o with { SafetyDelay = v }, "How long the weather must stay safe after it was not, before anything opens again.")
            .Key("max_age", Kinds.Seconds(1, 3600), o => o.MaxAge, (o, v) => o with { MaxAge = v }, "An answer of this age is unsafe.")
            .Key("record_interval", Kinds.Seconds(1, 3600), o => o.RecordInterval, (o, v) => o with { RecordInterval = v }, "How often the weather is recorded; it is judged much more often.")
            .Key("store_permanently", Kinds.Flag, o => o.StorePermanently, (o, v) => o with { StorePermanently = v }, "Keep every record, not only the newest."),
            o => o.Weather, (o, v) => o with { Weather = v }, "Weather.");

    private static string? Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out _) ? null : $"'{name}' is not a time zone of this computer; write an IANA name such as US/Hawaii or UTC";
}
