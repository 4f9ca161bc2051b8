namespace CxlSim.Architecture.Tests;

/// <summary>The folders of a project have an order: none uses another that uses it, directly or by way of others. A reader can begin with the lowest.</summary>
public class RoomTests
{
    /// <summary>Ports, decoders, regions and memdevs know each other, as Linux' objects do; so do nodes, zones, pages and blocks of memory.</summary>
    private static readonly string[] KernelKnots = ["Cxl", "Mm"];

    public static TheoryData<string> Projects =>
        [.. Repository.Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Name.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file.Path)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_FormNoCircle(string project) =>
        new ProjectRooms(project, folder => project.EndsWith(".Kernel", StringComparison.Ordinal) && KernelKnots.Contains(Top(folder)) ? Top(folder) : folder)
            .Circles().Should().BeEmpty();

    /// <summary>Folders with all that is below them have an order too, such as the kernel's subsystems, which docs/ARCHITECTURE.md names.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void RoomsAsAWhole_FormNoCircle(string project) => new ProjectRooms(project, Top).Circles().Should().BeEmpty();

    private static string Top(string folder) => folder.Split('/')[0];
}
