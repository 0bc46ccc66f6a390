using Conformance.Api;

namespace Conformance.Checks;

/// <summary>Targets that are out of range: a device that takes them all the same would move.</summary>
internal sealed class MotionRangeCheck : RangeCheck
{
    public override string Name => "ranges of motions";

    public override bool Moves => true;

    protected override async Task<IReadOnlyList<(Operation Operation, (string, string)[] Parameters)>> CasesAsync(Device device, CancellationToken cancel)
    {
        var cases = new List<(Operation, (string, string)[])>();
        void Put(string member, params (string, string)[] parameters) => cases.Add((device.Put(member), parameters));
        switch (device.Type)
        {
            case "camera":
                Put("startexposure", ("Duration", "-1"), ("Light", "true"));
                Put("pulseguide", ("Direction", "4"), ("Duration", "1"));
                break;
            case "dome":
                foreach (var angle in (string[])["-10", "370"])
                {
                    Put("slewtoazimuth", ("Azimuth", angle));
                    Put("synctoazimuth", ("Azimuth", angle));
                    Put("slewtoaltitude", ("Altitude", angle));
                }

                break;
            case "filterwheel":
                Put("position", ("Position", "-1"));
                if ((await device.ReadAsync("names", cancel)).Value is { ValueKind: System.Text.Json.JsonValueKind.Array } names)
                    Put("position", ("Position", Text(names.GetArrayLength())));
                break;
            case "telescope" when (await device.ReadAsync("atpark", cancel)).Boolean == false:
                foreach (var member in (string[])["slewtocoordinates", "slewtocoordinatesasync", "synctocoordinates"])
                {
                    Put(member, ("RightAscension", "25"), ("Declination", "0"));
                    Put(member, ("RightAscension", "12"), ("Declination", "-91"));
                }

                foreach (var member in (string[])["slewtoaltaz", "slewtoaltazasync", "synctoaltaz"])
                {
                    Put(member, ("Azimuth", "370"), ("Altitude", "45"));
                    Put(member, ("Azimuth", "180"), ("Altitude", "100"));
                }

                Put("moveaxis", ("Axis", "0"), ("Rate", "1000"));
                Put("moveaxis", ("Axis", "99"), ("Rate", "0"));
                Put("pulseguide", ("Direction", "4"), ("Duration", "1"));
                Put("sideofpier", ("SideOfPier", "5"));
                break;
        }

        return cases;
    }
}
