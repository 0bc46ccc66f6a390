using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.Measuring;

/// <summary>One figure with its yardstick.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">What the figure counts; "x" for a ratio.</param>
/// <param name="Yardstick">What it is compared with, in the same rounds; null for a figure that stands alone.</param>
/// <param name="Figure">Smallest, middle and largest of the rounds.</param>
/// <param name="Target">What was promised, or null.</param>
/// <param name="More">Whether more than the target is better.</param>
internal sealed record Line(string Name, string Unit, string? Yardstick, Spread Figure, double? Target, bool More)
{
    /// <summary>Whether the middle of the rounds is as promised.</summary>
    public bool? IsMet => Target is not { } target ? null : More ? Figure.Median >= target : Figure.Median <= target;
}

/// <summary>Prints lines as they come and keeps them as JSON.</summary>
internal sealed class Report(string subject)
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly List<Line> _lines = [];
    private readonly string _machine = Machine.Describe();

    public void Begin()
    {
        Console.WriteLine(_machine);
        Console.WriteLine($"{"",-58} {"",-26} {"min",8} {"median",8} {"max",8}");
    }

    /// <summary>How many times as fast as the yardstick; more is better.</summary>
    public void Speed(string name, string yardstick, double[] seconds, double[] yardstickSeconds, double? target = null) =>
        Add(new Line(name, "x", yardstick, Spread.Of(yardstickSeconds.Zip(seconds, (y, s) => y / s)), target, More: true));

    /// <summary>How many times as long as the yardstick takes; less is better.</summary>
    public void Cost(string name, string yardstick, double[] seconds, double[] yardstickSeconds, double? target = null) =>
        Add(new Line(name, "x", yardstick, Spread.Of(seconds.Zip(yardstickSeconds, (s, y) => s / y)), target, More: false));

    /// <summary>A figure of its own.</summary>
    public void Figure(string name, string unit, IEnumerable<double> values, double? target = null, bool more = false) =>
        Add(new Line(name, unit, null, Spread.Of(values), target, more));

    /// <summary>Writes artifacts/bench/SUBJECT.json.</summary>
    /// <returns>Exit code: 1 if a target is missed.</returns>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Machine.Home(), "artifacts", "bench"));
        var file = Path.Combine(folder.FullName, subject + ".json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { subject, machine = _machine, at = TimeProvider.System.GetUtcNow(), lines = _lines }, s_json) + "\n", cancel);
        var missed = _lines.Count(line => line.IsMet == false);
        Console.WriteLine($"{_lines.Count(line => line.IsMet == true)} targets met, {missed} missed; written to {Path.GetRelativePath(Environment.CurrentDirectory, file)}");
        return missed == 0 ? 0 : 1;
    }

    private void Add(Line line)
    {
        _lines.Add(line);
        var verdict = line.Target is { } target
            ? string.Create(CultureInfo.InvariantCulture, $"  target {(line.More ? ">=" : "<=")} {target:0.###}: {(line.IsMet == true ? "met" : "MISSED")}")
            : "";
        Console.WriteLine($"{line.Name,-58} {(line.Yardstick is null ? line.Unit : "x " + line.Yardstick),-26} {line.Figure}{verdict}");
    }
}
