using System.Diagnostics;
using System.Reflection;
using System.Xml.Linq;

namespace CxlSim.Architecture.Tests;

/// <summary>What others get of the project: the libraries' surface, and that it can be used from outside.</summary>
public class PackageTests
{
    private static readonly string[] Packed = ["CxlSim.Cli", "CxlSim.Core", "CxlSim.Engine", "CxlSim.Hdm", "CxlSim.Spec"];

    /// <summary>A change of the surface is a change of this file: <c>CXLSIM_UPDATE_DOCS=1</c> writes it.</summary>
    [Theory]
    [InlineData("CxlSim.Core")]
    [InlineData("CxlSim.Engine")]
    [InlineData("CxlSim.Hdm")]
    [InlineData("CxlSim.Spec")]
    public void Surface_IsThatOfTheFile(string library)
    {
        string[] surface = [.. PublicSurface.Of(Assembly.Load(library))];
        string file = RepositoryRoot.File($"src/{library}/PublicApi.txt");
        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            File.WriteAllLines(file, surface);
        }

        File.ReadAllLines(file).Should().Equal(surface, "CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Architecture.Tests writes it");
    }

    [Fact]
    public void Packages_AreTheToolAndTheLibraries() =>
        Directory.EnumerateFiles(RepositoryRoot.File("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => XDocument.Load(project).Descendants("IsPackable").Any(said => said.Value == "true"))
            .Select(project => Path.GetFileNameWithoutExtension(project)).Should().BeEquivalentTo(Packed);

    /// <summary>A package whose dependency is not packed cannot be installed.</summary>
    [Fact]
    public void Libraries_NeedOnlyPackages() =>
        Packed.Where(name => name != "CxlSim.Cli").SelectMany(name => Assembly.Load(name).GetReferencedAssemblies()).Select(name => name.Name!)
            .Where(name => name.StartsWith("CxlSim.", StringComparison.Ordinal)).Should().BeSubsetOf(Packed);

    /// <summary>Two ways of 256 bytes: chunk by chunk to one device and the other, each chunk right behind the last of its device (CXL r3.1 8.2.4.20.13).</summary>
    [Fact]
    public async Task AProgramElsewhere_UsesThePackages()
    {
        ProcessStartInfo start = new(RepositoryRoot.File("tests/scripts/package-sample")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(inherited); // of the build that started the tests
        }

        using Process script = Process.Start(start)!;
        Task<string> errors = script.StandardError.ReadToEndAsync();
        string output = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        output.Should().Be(
            """
            0x1000000000 -> device 0, DPA 0x0, back 0x1000000000
            0x1000000100 -> device 1, DPA 0x0, back 0x1000000100
            0x1000000210 -> device 0, DPA 0x110, back 0x1000000210
            0x1040000000 -> NoWindow
            0.020000 s

            """,
            await errors);
    }
}
