using System.Text.Json.Nodes;
using Sequencer.Core.Configuration.Schema;
using Sequencer.Core.Scheduling;

namespace Sequencer.Core.Configuration.Sections;

/// <summary>The upper edge of one tree or wall: at least two points, clockwise.</summary>
internal sealed class ObstructionKind : ValueKind<IReadOnlyList<HorizonPoint>>
{
    private static readonly ListKind<HorizonPoint> Points = new(new HorizonPointKind());

    /// <summary>All obstructions of a site.</summary>
    public static ListKind<IReadOnlyList<HorizonPoint>> List { get; } = new(new ObstructionKind());

    public override string Label => "list of [altitude, azimuth]";

    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out IReadOnlyList<HorizonPoint> value)
    {
        if (!Points.TryRead(node, path, problems, out value))
            return false;
        if (HorizonLine.Objection(value) is not { } wrong)
            return true;
        problems.Add(node, $"{path}: {wrong}");
        return false;
    }

    public override JsonNode Write(IReadOnlyList<HorizonPoint> value) => Points.Write(value);

    public override JsonObject Schema() => Points.Schema();
}
