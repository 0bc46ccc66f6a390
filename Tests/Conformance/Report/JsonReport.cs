using System.Text.Json;

namespace Conformance.Report;

/// <summary>The report for programs: every finding.</summary>
internal static class JsonReport
{
    public static void Write(Stream output, Uri server, ConformanceReport report)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("server", server.GetLeftPart(UriPartial.Authority));
        json.WriteNumber("faults", report.Faults);
        json.WriteNumber("advice", report.Advice);
        json.WriteNumber("requests", report.Requests);
        json.WriteNumber("seconds", Math.Round(report.Took.TotalSeconds, 3));
        json.WriteStartArray("devices");
        foreach (var device in report.Devices)
            json.WriteStringValue(device);
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("weight", finding.Rule.Weight == Weight.Fault ? "fault" : "advice");
            json.WriteString("rule", finding.Rule.Name);
            json.WriteString("device", finding.Device);
            json.WriteString("member", finding.Member);
            json.WriteString("sent", finding.Sent);
            json.WriteString("expected", finding.Expected);
            json.WriteString("got", finding.Got);
            json.WriteString("text", finding.Rule.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notChecked");
        foreach (var omission in report.Omissions)
        {
            json.WriteStartObject();
            json.WriteString("device", omission.Device);
            json.WriteString("check", omission.Check);
            json.WriteString("reason", omission.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
