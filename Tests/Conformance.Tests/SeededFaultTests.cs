using Conformance.Report;

namespace Conformance.Tests;

/// <summary>The checks find what they are there for: each mistake that a driver author can make, under the name of the rule that it breaks.</summary>
public sealed class SeededFaultTests(Observatory observatory) : IClassFixture<Observatory>
{
    public static TheoryData<string> Faults { get; } = [.. SeededFault.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_mistake_is_found_and_named(string name)
    {
        var fault = SeededFault.All.Single(f => f.Name == name);
        var options = new RunOptions { Devices = [fault.Device], Checks = [fault.Check ?? "actions"], Motion = true, Deadline = TimeSpan.FromSeconds(20) };
        using var transport = new FaultySide(fault.Behave);
        var report = await SimulatorConformanceTests.RunAsync(observatory.Address, options, transport);
        var place = fault.Check is null ? "server" : fault.Device;
        var finding = report.Findings.FirstOrDefault(f => f.Rule == fault.Rule && f.Device == place);
        Assert.True(finding is not null, $"not found; but: {string.Join("; ", report.Findings.Select(f => $"{f.Rule.Name} {f.Member} {f.Got}").Take(5))}");
        Assert.StartsWith("curl ", finding.Sent, StringComparison.Ordinal);
        Assert.NotEqual("", finding.Expected);
        Assert.NotEqual("", finding.Got);
    }

    [Fact]
    public async Task Without_a_mistake_nothing_is_found()
    {
        using var transport = new FaultySide((request, server) => server(request));
        var report = await SimulatorConformanceTests.RunAsync(observatory.Address, new RunOptions { Devices = ["focuser/0"], Motion = true }, transport);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void Every_rule_has_a_mistake_that_breaks_it()
    {
        // A race is a matter of chance: Alpaca.Devices.Tests has the one that this check has found.
        Rule[] elsewhere = [Rules.ConnectionRace];
        Assert.Empty(Rules.All.Except(elsewhere).Except(SeededFault.All.Select(f => f.Rule)).Select(r => r.Name));
    }
}
