using System.Text.RegularExpressions;

namespace Alpaca.Devices.Tests.Sample;

/// <summary>The manual for driver writers shows this folder's code: what is compiled and tested here.</summary>
public sealed partial class ManualTests
{
    [Theory]
    [InlineData("StepperEmulator.cs")]
    [InlineData("StepperProtocol.cs")]
    [InlineData("StepperState.cs")]
    [InlineData("StepperOptions.cs")]
    [InlineData("StepperFocuser.cs")]
    [InlineData("StepperTests.cs")]
    public void Every_listing_of_the_manual_is_code_that_is_tested(string file)
    {
        var root = Root();
        var manual = File.ReadAllText(Path.Combine(root, "deploy/docs/writing-a-driver.md"));
        var code = File.ReadAllText(Path.Combine(root, "Tests/Alpaca.Devices.Tests/Sample", file)).TrimEnd();
        var listings = Listing().Matches(manual).Select(m => m.Groups[1].Value.TrimEnd());
        Assert.Contains(listings, listing => Namespace().Replace(listing, "namespace Alpaca.Devices.Tests.Sample;") == code);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Listing();

    [GeneratedRegex("^namespace .*;$", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Alpaca.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("Alpaca.sln is not above the tests' folder.");
    }
}
