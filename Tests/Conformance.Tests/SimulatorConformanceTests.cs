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
        ShouldBeClean(await RunAsync(observatory.Address, new RunOptions { Devices = [device], Motion = true }));

    [Fact]
    public async Task The_server_lists_all_ten_and_follows_the_rules_of_management()
    {
        var report = await RunAsync(observatory.Address, new RunOptions { Checks = ["actions"] });
        ShouldBeClean(report);
        Assert.Equal(s_devices, report.Devices);
    }

    /// <summary>Runs all checks on one device, and not for ever.</summary>
    internal static async Task<ConformanceReport> RunAsync(Uri server, RunOptions options, HttpMessageHandler? transport = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        return await new ConformanceRun(server, options, transport).RunAsync(deadline.Token);
    }

    internal static void ShouldBeClean(ConformanceReport report)
    {
        Assert.True(report.Requests > 100, "a run that asks nothing finds nothing");
        Assert.True(report.Findings.Count == 0, string.Join('\n', report.Findings.Take(10).Select(f => $"{f.Rule.Name}: {f.Device} {f.Member}\n  {f.Sent}\n  expected {f.Expected}\n  got {f.Got}")));
        Assert.Empty(report.Omissions);
    }
}
