using System.Globalization;

namespace Conformance.Report;

/// <summary>The report for whoever writes the driver: rule by rule what was sent, what should have come back, and what did.</summary>
internal static class TextReport
{
    private const int Listed = 12;

    public static void Write(TextWriter output, Uri server, ConformanceReport report)
    {
        foreach (var rule in report.Findings.GroupBy(f => f.Rule).OrderBy(g => g.Key.Weight))
        {
            output.WriteLine($"{(rule.Key.Weight == Weight.Fault ? "FAULT " : "advice")} {rule.Key.Name}: {rule.Key.Text}");
            foreach (var device in rule.GroupBy(f => f.Device))
                WriteDevice(output, device.Key, [.. device]);
            output.WriteLine();
        }

        foreach (var omission in report.Omissions.GroupBy(o => (o.Check, o.Reason)))
            output.WriteLine($"not checked: {omission.Key.Check} of {string.Join(", ", omission.Select(o => o.Device).Distinct())}: {omission.Key.Reason}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{server.GetLeftPart(UriPartial.Authority)}: {report.Faults} faults, {report.Advice} pieces of advice; {report.Devices.Count} devices, {report.Requests} requests, {report.Took.TotalSeconds:0.0} s."));
    }

    private static void WriteDevice(TextWriter output, string device, IReadOnlyList<Finding> findings)
    {
        var first = findings[0];
        output.WriteLine($"  {device}  {first.Member}");
        output.WriteLine($"    sent      {first.Sent}");
        output.WriteLine($"    expected  {first.Expected}");
        output.WriteLine($"    got       {first.Got}");
        var more = findings.Skip(1).Select(f => f.Member).Where(m => m != first.Member).Distinct().ToList();
        if (findings.Count > 1)
        {
            output.WriteLine($"    and {findings.Count - 1} more{(more.Count == 0 ? " of the same member" : ": " + string.Join(", ", more.Take(Listed)))}"
                + $"{(more.Count > Listed ? $" and {more.Count - Listed} other members" : "")} (--json has them all)");
        }
    }
}
