using System.Xml.Linq;

namespace Conformance.Tests;

/// <summary>The arrows between projects: who may know whom. A new project has to be entered here, with what it may know.</summary>
public sealed class DependencyTests
{
    private const string Generator = "Alpaca.Contract.Generator";

    /// <summary>For each product project, the projects it may refer to.</summary>
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        // The standard knows nothing but the generator that works for it.
        ["Alpaca.Contract.Generator"] = [],
        ["Alpaca.Contract"] = [Generator],

        // Finding and using servers.
        ["Alpaca.Discovery"] = [],
        ["Alpaca.Client"] = ["Alpaca.Contract", Generator],

        // The server's side. Hosting knows no driver; drivers and simulators know no HTTP and not each other.
        ["Alpaca.Hosting"] = ["Alpaca.Contract", "Alpaca.Discovery", Generator],
        ["Alpaca.Astronomy"] = [],
        ["Alpaca.Devices"] = ["Alpaca.Contract", "Alpaca.Astronomy"],
        ["Alpaca.Drivers"] = ["Alpaca.Contract", "Alpaca.Devices", "Alpaca.Astronomy"],
        ["Alpaca.Simulators"] = ["Alpaca.Contract", "Alpaca.Devices", "Alpaca.Astronomy"],
        ["Alpaca.Server"] = ["Alpaca.Contract", "Alpaca.Hosting", "Alpaca.Devices", "Alpaca.Drivers", "Alpaca.Simulators", "Alpaca.Astronomy", "Alpaca.Discovery"],

        // The data services know nothing of devices.
        ["DataServices.Fits"] = [],
        ["DataServices.Hdf5"] = [],
        ["DataServices.Aartfaac"] = ["DataServices.Fits", "DataServices.Hdf5"],
        ["DataServices.Hipercam"] = ["DataServices.Fits", "DataServices.Hdf5"],
        ["DataServices.Hisparc"] = ["DataServices.Fits", "DataServices.Hdf5"],
        ["DataServices.TelescopeOrg"] = ["DataServices.Fits", "DataServices.Hdf5"],
        ["DataServices.App"] =
        [
            "DataServices.Fits", "DataServices.Hdf5", "DataServices.Aartfaac", "DataServices.Hipercam", "DataServices.Hisparc", "DataServices.TelescopeOrg",
        ],

        // The sequencer uses devices through the contract alone: of the servers it knows nothing else.
        ["Sequencer.Safety"] = [],
        ["Sequencer.Imaging"] = ["Alpaca.Astronomy", "DataServices.Fits"],
        ["Sequencer.Core"] = ["Sequencer.Safety", "Sequencer.Imaging", "Alpaca.Contract", "Alpaca.Astronomy", "DataServices.Fits"],
        ["Sequencer.App"] =
        [
            "Sequencer.Core", "Sequencer.Safety", "Sequencer.Imaging", "Alpaca.Client", "Alpaca.Discovery", "Alpaca.Contract", "Alpaca.Astronomy", "DataServices.Fits",
        ],
    };

    /// <summary>The only projects that may stand on the web framework.</summary>
    private static readonly string[] s_web = ["Alpaca.Hosting", "Alpaca.Server", "Sequencer.App", "DataServices.App", "DataServices.Hisparc"];

    public static TheoryData<string> Projects { get; } = [.. ProjectFiles().Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_what_it_may(string project)
    {
        Assert.True(s_arrows.ContainsKey(project), $"{project} is not in the list of arrows; enter it with the projects it may know.");
        Assert.Empty(References(project, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Except(s_arrows[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_speaks_http_only_if_that_is_its_work(string project)
    {
        if (!s_web.Contains(project))
            Assert.DoesNotContain("Microsoft.AspNetCore.App", References(project, "FrameworkReference"));
        Assert.DoesNotContain(References(project, "PackageReference"), r => r.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Alpaca.Contract")]
    [InlineData("Sequencer.Safety")]
    public void The_foundations_need_no_packages(string project) => Assert.Empty(References(project, "PackageReference"));

    [Fact]
    public void The_projects_are_found() =>
        Assert.Superset(
            new HashSet<string> { "Alpaca.Contract", "Alpaca.Hosting", "Alpaca.Client", "Sequencer.Core", "Sequencer.Safety", "DataServices.Fits" },
            ProjectFiles().Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet());

    private static IEnumerable<string> ProjectFiles() =>
        ((string[])["AlpacaServers", "Discovery", "Sequencer", "DataServices"])
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.csproj", SearchOption.AllDirectories));

    private static string[] References(string project, string kind) =>
        [.. XDocument.Load(ProjectFiles().Single(f => Path.GetFileNameWithoutExtension(f) == project)).Descendants(kind).Select(e => (string)e.Attribute("Include")!)];

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Alpaca.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("Alpaca.sln is not above the tests' folder.");
    }
}
