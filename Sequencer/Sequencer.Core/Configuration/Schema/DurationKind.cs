using System.Text.Json.Nodes;

namespace Sequencer.Core.Configuration.Schema;

/// <summary>A span of time: <c>120 s</c>, <c>15 min</c>, <c>2 h</c>; a bare number is in the key's own unit.</summary>
public sealed class DurationKind : ValueKind<TimeSpan>
{
    private readonly QuantityKind _number;
    private readonly TimeSpan _one;

    /// <summary>A span in a unit of time, within limits in that unit.</summary>
    /// <param name="unit">Seconds, milliseconds, minutes or hours.</param>
    /// <param name="min">Smallest allowed.</param>
    /// <param name="max">Largest allowed.</param>
    public DurationKind(Unit unit, double? min = 0, double? max = null)
    {
        ArgumentNullException.ThrowIfNull(unit);
        _number = new(unit, min, max);
        _one = TimeSpan.FromSeconds(1 / unit.Relatives["s"]);
    }

    /// <inheritdoc/>
    public override string Label => _number.Label;

    /// <inheritdoc/>
    public override bool TryRead(ConfigurationNode node, string path, Problems problems, out TimeSpan value)
    {
        value = default;
        if (!_number.TryRead(node, path, problems, out var number))
            return false;
        if (Math.Abs(number) > TimeSpan.FromDays(365 * 100) / _one)
        {
            problems.Add(node, $"{path} is longer than a hundred years");
            return false;
        }
        value = number * _one;
        return true;
    }

    /// <inheritdoc/>
    public override JsonNode Write(TimeSpan value) => _number.Write(value / _one);

    /// <inheritdoc/>
    public override JsonObject Schema() => _number.Schema();
}
