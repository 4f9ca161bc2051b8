using System.Text.RegularExpressions;

namespace CxlSim.Kernel.Tests;

/// <summary>Every function that the model enters has its file in Linux.</summary>
public partial class KernelFunctionsTests
{
    [Fact]
    public void FunctionOfAFrame_HasItsFile()
    {
        string[] functions =
        [
            .. Directory.EnumerateFiles(RepositoryRoot.File("src/CxlSim.Kernel"), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => Entered().Matches(File.ReadAllText(file)))
                .SelectMany(match => Name().Matches(match.Value))
                .Select(match => match.Groups[1].Value),
        ];

        functions.Should().Contain("cxl_acpi_probe").And.HaveCountGreaterThan(30);
        functions.Where(function => KernelFunctions.FileOf(function) is null).Should().BeEmpty();
    }

    [GeneratedRegex("Simulation\\.Enter\\([^,]*\"[^,]*,")]
    private static partial Regex Entered();

    [GeneratedRegex("\"(\\w+)\"")]
    private static partial Regex Name();
}
