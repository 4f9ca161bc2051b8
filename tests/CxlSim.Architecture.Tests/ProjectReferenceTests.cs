using System.Xml.Linq;

namespace CxlSim.Architecture.Tests;

/// <summary>Who may see whom. What the compiler enforces depends on these files, so they are held to a list.</summary>
public class ProjectReferenceTests
{
    private const string Hidden = " (hidden)";

    /// <summary>Direct references; a hidden one ends at the project that has it.</summary>
    [Theory]
    [InlineData("Core", "")]
    [InlineData("Engine", "")]
    [InlineData("Spec", "Core")]
    [InlineData("Platform", "Core Spec")]
    [InlineData("Hdm", "Core Spec")]
    [InlineData("Timing", "Core Engine")]
    [InlineData("Hardware", "Core Engine Spec Platform Hdm")]
    [InlineData("Firmware", "Core Engine Spec Platform")]
    [InlineData("Kernel", "Core Engine Spec")]
    [InlineData("Machine", "Core Engine Spec Platform Kernel Timing Hardware* Firmware* Hdm*")]
    [InlineData("Views", "Machine")]
    [InlineData("Session", "Views")]
    [InlineData("Fuse", "Session")]
    [InlineData("Cli", "Session Fuse")]
    public void References_AreThese(string project, string expected) =>
        References(project).Should().BeEquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => name.Replace("*", Hidden, StringComparison.Ordinal)));

    /// <summary>A project that is not in the list above has no place in the design yet.</summary>
    [Fact]
    public void EveryProject_IsInTheList()
    {
        IEnumerable<string> tested = typeof(ProjectReferenceTests).GetMethod(nameof(References_AreThese))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(row => (string)row.GetData(null!).Single()[0]);
        Repository.Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Name.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => file.Name["CxlSim.".Length..^".csproj".Length]).Should().BeEquivalentTo(tested);
    }

    [Theory]
    [InlineData("Kernel", "Platform Firmware Hardware Hdm")]
    [InlineData("Firmware", "Hardware Kernel Hdm Machine")]
    [InlineData("Hardware", "Firmware Kernel Machine")]
    [InlineData("Platform", "Engine")]
    [InlineData("Hdm", "Engine Platform")]
    [InlineData("Timing", "Platform Hardware Kernel")]
    [InlineData("Views", "Hardware Firmware Hdm Session")]
    [InlineData("Session", "Hardware Firmware Hdm Cli")]
    [InlineData("Cli", "Hardware Firmware Hdm")]
    public void Types_AreOutOfReach(string project, string hidden) => Reachable(project).Should().NotContain(hidden.Split(' '));

    /// <summary>The domain's words and the loop stand alone.</summary>
    [Theory]
    [InlineData("Core")]
    [InlineData("Engine")]
    [InlineData("Spec")]
    [InlineData("Hdm")]
    [InlineData("Timing")]
    [InlineData("Kernel")]
    [InlineData("Hardware")]
    [InlineData("Firmware")]
    [InlineData("Machine")]
    public void Model_HasNoPackages(string project) => Load(project).Descendants("PackageReference").Should().BeEmpty();

    private static HashSet<string> Reachable(string project)
    {
        HashSet<string> seen = [];
        Queue<string> open = new(References(project).Select(name => name.Replace(Hidden, "", StringComparison.Ordinal)));
        while (open.TryDequeue(out string? next))
        {
            if (seen.Add(next))
            {
                References(next).Where(name => !name.EndsWith(Hidden, StringComparison.Ordinal)).ToList().ForEach(open.Enqueue);
            }
        }

        return seen;
    }

    private static IEnumerable<string> References(string project) =>
        Load(project).Descendants("ProjectReference").Select(reference =>
            Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)["CxlSim.".Length..]
            + ((string?)reference.Attribute("PrivateAssets") == "compile" ? Hidden : ""));

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Root, "src", $"CxlSim.{project}", $"CxlSim.{project}.csproj"));
}
