using System.Globalization;
using Conformance.Api;
using Conformance.Report;
using Conformance.Wire;

namespace Conformance.Checks;

/// <summary>Values that are well formed and out of range: the device says 0x401. Only reads and settings; commands that would move something are tried with motion.</summary>
internal class RangeCheck : DeviceCheck
{
    private const string Huge = "3000000000";

    public override string Name => "ranges";

    public override Stage Stage => Stage.Connected;

    public override async Task RunAsync(Device device, CancellationToken cancel)
    {
        foreach (var (operation, parameters) in await CasesAsync(device, cancel))
        {
            var transaction = device.Probe.NextTransaction();
            var sent = Sent.Of(operation.Verb, device.PathOf(operation.Member), [.. parameters, .. Device.Ids(transaction)]);
            var reply = await device.Probe.SendAsync(sent, cancel);
            // The description lists what these may be, so that another value may count as unreadable.
            var isListed = parameters.Any(p => p.Item1 is "Axis" or "Direction" or "SideOfPier");
            if (isListed && reply.Status == 400)
                continue;
            if (reply.Status != 200 || reply.ErrorNumber is not (Standard.InvalidValue or Standard.NotImplemented))
                device.Find(Rules.OutOfRange, operation.ToString(), sent, "HTTP 200 and error 0x401 (or 0x400 if the device lacks the member)", reply);
        }
    }

    /// <summary>The requests to try on this device.</summary>
    protected virtual async Task<IReadOnlyList<(Operation Operation, (string, string)[] Parameters)>> CasesAsync(Device device, CancellationToken cancel)
    {
        var cases = new List<(Operation, (string, string)[])>();
        void Get(string member, params (string, string)[] parameters) => cases.Add((device.Get(member), parameters));
        void Put(string member, params (string, string)[] parameters) => cases.Add((device.Put(member), parameters));
        switch (device.Type)
        {
            case "camera":
                foreach (var bin in (string[])["0", "-1", "99999", Huge])
                {
                    Put("binx", ("BinX", bin));
                    Put("biny", ("BinY", bin));
                }

                Put("readoutmode", ("ReadoutMode", "-1"));
                Put("readoutmode", ("ReadoutMode", "99999"));
                Put("setccdtemperature", ("SetCCDTemperature", "-300"));
                Put("setccdtemperature", ("SetCCDTemperature", "500"));
                break;
            case "covercalibrator":
                Put("calibratoron", ("Brightness", "-1"));
                if ((await device.ReadAsync("maxbrightness", cancel)).Number is { } brightest and < int.MaxValue)
                    Put("calibratoron", ("Brightness", Text(brightest + 1)));
                break;
            case "observingconditions":
                Put("averageperiod", ("AveragePeriod", "-2"));
                Get("sensordescription", ("SensorName", "NoSuchSensor"));
                Get("timesincelastupdate", ("SensorName", "NoSuchSensor"));
                break;
            case "switch":
                var count = Text((await device.ReadAsync("maxswitch", cancel)).Number ?? 0);
                foreach (var operation in device.Operations.Where(o => o.Parameters.Any(p => p.Name == "Id")))
                {
                    foreach (var id in (string[])["-1", count, Huge])
                        cases.Add((operation, [.. operation.Parameters.Select(p => (p.Name, p.Name == "Id" ? id : Samples.Good(p)))]));
                }

                break;
            case "telescope":
                Get("axisrates", ("Axis", "99"));
                Get("canmoveaxis", ("Axis", "-1"));
                Get("destinationsideofpier", ("RightAscension", "25"), ("Declination", "0"));
                Get("destinationsideofpier", ("RightAscension", "12"), ("Declination", "91"));
                Put("siteelevation", ("SiteElevation", "-301"));
                Put("siteelevation", ("SiteElevation", "10001"));
                Put("sitelatitude", ("SiteLatitude", "91"));
                Put("sitelongitude", ("SiteLongitude", "-181"));
                Put("slewsettletime", ("SlewSettleTime", "-1"));
                Put("targetdeclination", ("TargetDeclination", "-91"));
                Put("targetrightascension", ("TargetRightAscension", "25"));
                Put("targetrightascension", ("TargetRightAscension", "-1"));
                Put("trackingrate", ("TrackingRate", "5"));
                Put("trackingrate", ("TrackingRate", "-1"));
                break;
        }

        return cases;
    }

    protected static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
