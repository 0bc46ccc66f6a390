using Conformance.Report;

namespace Conformance.Tests;

/// <summary>All checks, the motions included, on all ten simulators: nothing is found, not even advice.</summary>
public sealed class SimulatorConformanceTests(Observatory observatory) : IClassFixture<Observatory>
{
    private static readonly string[] s_devices =
    [
        "camera/0", "covercalibrator/0", "dome/0", "filterwheel/0", "focuser/0", "observingconditions/0", "rotator/0", "safetymonitor/0", "switch/0", "telescope/0",
    ];

    public static TheoryData<string> Devices { get; } = [.. s_devices];

    [Theory]
    [MemberData(nameof(Devices))]
    public async Task A_simulator_follows_every_rule(string device) =>
        ShouldBeClean(await new ConformanceRun(observatory.Address, new RunOptions { Devices = [device], Motion = true }).RunAsync());

    [Fact]
    public async Task The_server_lists_all_ten_and_follows_the_rules_of_management()
    {
        var report = await new ConformanceRun(observatory.Address, new RunOptions { Checks = ["actions"] }).RunAsync();
        ShouldBeClean(report);
        Assert.Equal(s_devices, report.Devices);
    }

    internal static void ShouldBeClean(ConformanceReport report)
    {
        Assert.True(report.Requests > 100, "a run that asks nothing finds nothing");
        Assert.True(report.Findings.Count == 0, string.Join('\n', report.Findings.Take(10).Select(f => $"{f.Rule.Name}: {f.Device} {f.Member}\n  {f.Sent}\n  expected {f.Expected}\n  got {f.Got}")));
        Assert.Empty(report.Omissions);
    }
}
