using System.Text.Json.Nodes;
using Sequencer.Core.Configuration.Schema;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>A point of an obstruction, written <c>[altitude, azimuth]</c> in degrees.</summary>
internal sealed class HorizonPointKind : ValueKind<HorizonPoint>
{
    private static readonly QuantityKind Altitude = new(Unit.Degree, -90, 90);
    private static readonly QuantityKind Azimuth = new(Unit.Degree, -360, 360);

    public override string Label => "[altitude, azimuth]";

    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out HorizonPoint value)
    {
        value = default;
        if (node is not ListNode { Items.Count: 2 } pair)
        {
            problems.Add(node, $"{path} must be a pair [altitude, azimuth] in degrees");
            return false;
        }
        if (!Altitude.TryRead(pair.Items[0], path + " altitude", problems, out var altitude) | !Azimuth.TryRead(pair.Items[1], path + " azimuth", problems, out var azimuth))
            return false;
        value = new(altitude, azimuth);
        return true;
    }

    public override JsonNode Write(HorizonPoint value) => new JsonArray(value.AltitudeDegrees, value.AzimuthDegrees);

    public override JsonObject Schema() => new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = new JsonArray("number", "string") },
        ["minItems"] = 2,
        ["maxItems"] = 2,
    };
}
