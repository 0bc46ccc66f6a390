using System.Text.Json;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>Every property of a connected device: there, of its type, within its limits, and in keeping with what CanX says.</summary>
internal sealed class ReadCheck : DeviceCheck
{
    private static readonly string[] s_common = ["connected", "connecting", "description", "devicestate", "driverinfo", "driverversion", "interfaceversion", "name", "supportedactions"];

    private static readonly Dictionary<string, string[]> s_mandatory = new()
    {
        ["camera"] = ["binx", "biny", "camerastate", "cameraxsize", "cameraysize", "imageready", "maxadu", "maxbinx", "maxbiny", "numx", "numy", "startx", "starty", "sensortype"],
        ["covercalibrator"] = ["calibratorstate", "coverstate"],
        ["dome"] = ["canfindhome", "canpark", "cansetazimuth", "cansetshutter", "slaved", "slewing"],
        ["filterwheel"] = ["focusoffsets", "names", "position"],
        ["focuser"] = ["absolute", "ismoving", "maxincrement", "maxstep", "tempcompavailable"],
        ["observingconditions"] = ["averageperiod"],
        ["rotator"] = ["canreverse", "ismoving", "mechanicalposition", "position", "targetposition"],
        ["safetymonitor"] = ["issafe"],
        ["switch"] = ["maxswitch", "canwrite", "getswitch", "getswitchname", "getswitchvalue", "minswitchvalue", "maxswitchvalue", "switchstep"],
        ["telescope"] =
        [
            "alignmentmode", "atpark", "athome", "canfindhome", "canpark", "canslew", "canslewasync", "cansync", "declination", "equatorialsystem", "ispulseguiding",
            "rightascension", "siderealtime", "slewing", "tracking", "trackingrates", "utcdate",
        ],
    };

    /// <summary>What a capability denies when it is false: a read that must then answer 0x400.</summary>
    private static readonly (string Type, string Capability, string Read)[] s_denied =
    [
        ("camera", "cangetcoolerpower", "coolerpower"),
        ("camera", "canfastreadout", "fastreadout"),
    ];

    public override string Name => "readings";

    public override Stage Stage => Stage.Connected;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        var read = new Dictionary<string, Reply>();
        foreach (var operation in device.Operations.Where(o => o.IsGet && o.Returns != ValueKind.Image))
        {
            var reply = read[operation.Member] = await device.AskAsync(operation, Device.Good(operation), cancel);
            if (reply.ErrorNumber == Standard.NotImplemented && (s_common.Contains(operation.Member) || s_mandatory[device.Type].Contains(operation.Member)))
                device.Find(Rules.Mandatory, operation, "a value: every device of the type has this", reply);
            if (reply.ErrorNumber == Standard.NotConnected)
                device.Find(Rules.NotConnected, operation, "no error 0x407: the device is connected", reply);
            JudgeLimits(device, operation, reply);
        }

        foreach (var (_, capability, denied) in s_denied.Where(d => d.Type == device.Type && read.GetValueOrDefault(d.Capability)?.Boolean == false))
        {
            if (read[denied].IsDone)
                device.Find(Rules.Capability, device.Get(denied), $"error 0x400, since {capability} is false", read[denied]);
        }

        JudgeTexts(device, read);
    }

    private static void JudgeLimits(Device device, Operation operation, Reply reply)
    {
        if (reply is { IsDone: true, Number: { } number } && Standard.LimitsOf(operation) is var (least, greatest) && !(number >= least && number <= greatest))
            device.Find(Rules.ValueRange, operation, FormattableString.Invariant($"{least} to {greatest}"), reply);
    }

    private static void JudgeTexts(Device device, Dictionary<string, Reply> read)
    {
        foreach (var member in (string[])["name", "description", "driverinfo", "driverversion"])
        {
            if (read[member].Value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Trim().Length == 0)
                device.Find(Rules.Mandatory, device.Get(member), "text", read[member]);
        }

        if (read["interfaceversion"].Number is { } version && (version < 1 || version > Standard.NewestVersion(device.Type)))
            device.Find(Rules.InterfaceVersion, device.Get("interfaceversion"), $"1 to {Standard.NewestVersion(device.Type)}", read["interfaceversion"]);
    }
}
