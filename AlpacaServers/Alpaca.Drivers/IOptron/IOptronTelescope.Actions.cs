using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alpaca.Contract;

namespace Alpaca.Drivers.IOptron;

/// <content>What the standard has no word for.</content>
internal sealed partial class IOptronTelescope
{
    private const string Prefix = "iOptron:";
    private const string Confirm = "CONFIRM";

    private static readonly string[] s_actions =
    [
        "iOptron:SearchHome", "iOptron:GetMeridianTreatment", "iOptron:SetMeridianTreatment", "iOptron:GetAltitudeLimit", "iOptron:SetAltitudeLimit", "iOptron:GetSlewSpeed",
        "iOptron:SetSlewSpeed", "iOptron:PecStatus", "iOptron:PecPlayback", "iOptron:PecRecord", "iOptron:Firmware", "iOptron:FirmwareWarning", "iOptron:Status",
        "iOptron:NumberOfPositions", "iOptron:SetZeroPosition", "iOptron:FactoryReset", "iOptron:MoveDirection", "iOptron:CalibrateArrows", "iOptron:Link",
    ];

    public override async ValueTask<IReadOnlyList<string>> SupportedActionsAsync(CancellationToken cancel = default) =>
        [.. await base.SupportedActionsAsync(cancel), .. s_actions, .. _options.AllowRawActions ? ["iOptron:Raw"] : Array.Empty<string>()];

    public override async ValueTask<string> ActionAsync(string action, string parameters, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        if (!action.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return await base.ActionAsync(action, parameters, cancel);
        return action[Prefix.Length..].ToUpperInvariant() switch
        {
            "SEARCHHOME" => await MoveAsync("the search for home", (session, c) => _control.HomeAsync(session, isSearch: true, c), cancel),
            "GETMERIDIANTREATMENT" => (await AskAsync(MountLanguage.Meridian, MountLanguage.ReadMeridian, cancel)).ToString(),
            "SETMERIDIANTREATMENT" => await TellAsync(MountLanguage.SetMeridian(Meridian(parameters)), cancel),
            "GETALTITUDELIMIT" => (await AskAsync(MountLanguage.AltitudeLimit, MountLanguage.ReadAltitudeLimit, cancel)).ToString(CultureInfo.InvariantCulture),
            "SETALTITUDELIMIT" => await TellAsync(MountLanguage.SetAltitudeLimit(Number(parameters, -89, 89, "degrees")), cancel),
            "GETSLEWSPEED" => (await AskAsync(Version3Only(MountLanguage.SlewSpeed), MountLanguage.ReadSlewSpeed, cancel)).ToString(CultureInfo.InvariantCulture),
            "SETSLEWSPEED" => await TellAsync(Version3Only(MountLanguage.SelectSlewSpeed(Number(parameters, 7, 9, "for 256x, 512x and the fastest"))), cancel),
            "PECSTATUS" => await PecStatusAsync(cancel),
            "PECPLAYBACK" => await TellAsync(WithPec(MountLanguage.SetPecPlayback(OnOrOff(parameters))), cancel),
            "PECRECORD" => await TellAsync(WithPec(MountLanguage.SetPecRecording(OnOrOff(parameters))), cancel),
            "FIRMWARE" => new JsonObject { ["model"] = Facts.Model.Name, ["id"] = Facts.Model.Id, ["language"] = Facts.Language.Name, ["main"] = Facts.Firmware[0], ["handController"] = Facts.Firmware[1], ["ra"] = Facts.Firmware[2], ["dec"] = Facts.Firmware[3] }.ToJsonString(),
            "FIRMWAREWARNING" => Facts.FirmwareWarning,
            "STATUS" => Status(),
            "NUMBEROFPOSITIONS" => await NumberOfPositionsAsync(parameters, cancel),
            "SETZEROPOSITION" => await TellAsync(Confirmed(Version3Only(MountLanguage.SetZeroPosition), parameters), cancel),
            "FACTORYRESET" => await TellAsync(Confirmed(Version3Only(MountLanguage.FactoryReset), parameters), cancel),
            "MOVEDIRECTION" => await MoveDirectionAsync(parameters, cancel),
            "CALIBRATEARROWS" => await CalibrateArrowsAsync(cancel),
            "LINK" => new JsonObject { ["exchanges"] = _session?.Counters.Exchanges, ["timeouts"] = _session?.Counters.Timeouts, ["malformed"] = _session?.Counters.Malformed, ["retries"] = _session?.Counters.Retries, ["garbage"] = _session?.Garbage, ["readingsRefused"] = _control.ReadingsRefused }.ToJsonString(),
            "RAW" when _options.AllowRawActions => await RawAsync(parameters, cancel),
            _ => throw AlpacaException.UnknownAction(action),
        };
    }

    /// <summary>Sends a command as it is, where the options allow it.</summary>
    public async ValueTask<string> CommandStringAsync(string command, bool raw, CancellationToken cancel = default)
    {
        if (!_options.AllowRawActions)
            throw AlpacaException.NotImplemented("CommandString");
        return await RawAsync(raw ? command : $":{command.Trim(':', '#')}#", cancel);
    }

    private async ValueTask<string> MoveAsync(string name, Func<MountSession, CancellationToken, Task> work, CancellationToken cancel)
    {
        await MoveDoAsync(name, work, cancel);
        return "";
    }

    private async ValueTask<T> AskAsync<T>(MountCommand command, Func<string, T> read, CancellationToken cancel)
    {
        var answer = default(T)!;
        await DoAsync(command.Text, async (session, c) => answer = await session.SendAsync(command, read, c), cancel);
        return answer;
    }

    private async ValueTask<string> TellAsync(MountCommand command, CancellationToken cancel)
    {
        await DoAsync(command.Text, async (session, c) => await _control.TellAsync(session, command, c), cancel);
        return "";
    }

    private async ValueTask<string> PecStatusAsync(CancellationToken cancel)
    {
        var isRecording = await AskAsync(WithPec(MountLanguage.PecRecording), reply => reply == "1", cancel);
        var isWhole = await AskAsync(MountLanguage.PecIntegrity, reply => reply == "1", cancel);
        return new JsonObject { ["playback"] = Snapshot.Status.State == SystemState.TrackingWithPec, ["recording"] = isRecording, ["dataComplete"] = isWhole }.ToJsonString();
    }

    private string Status()
    {
        var status = Snapshot.Status;
        return new JsonObject
        {
            ["gps"] = status.Gps,
            ["state"] = status.State is { } state ? (int)state : null,
            ["stateName"] = status.State?.ToString(),
            ["rate"] = status.Rate is { } rate ? (int)rate : null,
            ["speed"] = status.ArrowSpeed,
            ["timeSource"] = status.TimeSource,
            ["hemisphere"] = status.IsNorthern ? 1 : 0,
        }.ToJsonString();
    }

    /// <summary>How many positions reach a target: the present one of the telescope, or {"rightAscension": hours, "declination": degrees}.</summary>
    private async ValueTask<string> NumberOfPositionsAsync(string parameters, CancellationToken cancel)
    {
        Version3Only(MountLanguage.NumberOfPositions);
        var (rightAscension, declination) = parameters.Trim().Length == 0
            ? Target()
            : Json(parameters, json => (json.GetProperty("rightAscension").GetDouble(), json.GetProperty("declination").GetDouble()), "{\"rightAscension\": 5.5, \"declination\": -5.4}");
        CheckCoordinates(rightAscension, declination);
        var number = 0;
        await DoAsync("NumberOfPositions", async (session, c) => number = await _control.CountPositionsAsync(session, rightAscension, declination, c), cancel);
        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Holds an arrow key for a time, for old scripts: {"direction": "north", "seconds": 1.5}. Slewing is true meanwhile.</summary>
    private async ValueTask<string> MoveDirectionAsync(string parameters, CancellationToken cancel)
    {
        var (word, seconds) = Json(parameters, json => (json.GetProperty("direction").GetString(), json.GetProperty("seconds").GetDouble()), "{\"direction\": \"north\", \"seconds\": 1.5}");
        if (!Enum.TryParse<ArrowDirection>(word, ignoreCase: true, out var direction) || !Enum.IsDefined(direction))
            throw AlpacaException.InvalidValue($"There is no direction \"{word}\"; north, south, east or west.");
        AlpacaException.ThrowIfOutOfRange(seconds, 0, 120);
        if (View.AtPark)
            throw AlpacaException.Parked($"{Identity.Name} is parked. Unpark it first.");
        await StartScriptAsync(c => MoveForAsync(direction, FastestArrow, TimeSpan.FromSeconds(seconds), c), cancel);
        return "";
    }

    private async ValueTask<string> RawAsync(string command, CancellationToken cancel)
    {
        if (command.Length < 3 || command[0] != ':' || command[^1] != '#' || command.AsSpan(1, command.Length - 2).ContainsAny(":#"))
            throw AlpacaException.InvalidValue($"\"{command}\" is not one command from colon to hash sign, for example :GLS#.");
        var answer = "";
        await DoAsync(command, async (session, c) => answer = await session.RawAsync(command, c), cancel);
        return answer;
    }

    private MountCommand Version3Only(MountCommand command) => Facts.Language.Dialect == Dialect.Version3
        ? command
        : throw new AlpacaException(AlpacaError.ActionNotImplemented, $"A {Facts.Model.Name} with command language 2.x does not know {command.Text}.");

    private MountCommand WithPec(MountCommand command) => !Facts.Model.HasEncoders
        ? command
        : throw new AlpacaException(AlpacaError.ActionNotImplemented, $"A {Facts.Model.Name} has encoders, and no correction of the periodic error.");

    private static MountCommand Confirmed(MountCommand command, string parameters) => parameters == Confirm
        ? command
        : throw AlpacaException.InvalidValue($"This changes the mount for good. If that is meant, give the parameter {Confirm}.");

    private static MeridianTreatment Meridian(string text) => MeridianText.TryParse(text, out var treatment)
        ? treatment
        : throw AlpacaException.InvalidValue($"\"{text}\" is not a treatment of the meridian; write \"stop 15\" or \"flip 10\".");

    private static bool OnOrOff(string text) => text.Trim().ToUpperInvariant() switch
    {
        "ON" or "1" or "TRUE" => true,
        "OFF" or "0" or "FALSE" => false,
        _ => throw AlpacaException.InvalidValue($"\"{text}\" is neither on nor off."),
    };

    private static int Number(string text, int lowest, int highest, string what) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest
            ? number
            : throw AlpacaException.InvalidValue(FormattableString.Invariant($"\"{text}\" must be a whole number from {lowest} to {highest} ({what})."));

    private static T Json<T>(string text, Func<JsonElement, T> read, string example)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw AlpacaException.InvalidValue($"The parameters are not as this action needs them; write for example {example}.");
        }
    }
}
