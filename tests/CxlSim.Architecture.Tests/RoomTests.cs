namespace CxlSim.Architecture.Tests;

/// <summary>The folders of a project have an order: none uses another that uses it, directly or by way of others. A reader can begin with the lowest.</summary>
public class RoomTests
{
    public static TheoryData<string> Projects =>
        [.. Repository.Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Name.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file.Path)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_FormNoCircle(string project) =>
        new ProjectRooms(project, (folder, _) => IsOfCxlObjects(project, folder) ? "Cxl" : folder).Circles().Should().BeEmpty();

    /// <summary>Folders with all that is below them have an order too, such as the kernel's subsystems, which docs/ARCHITECTURE.md names.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void RoomsAsAWhole_FormNoCircle(string project) => new ProjectRooms(project, (folder, _) => Top(folder)).Circles().Should().BeEmpty();

    /// <summary>Classes too, but for knots that have a name.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Classes_FormNoCircle(string project) => new ProjectRooms(project, (_, name) => Knots.Of(name)).Circles().Should().BeEmpty();

    [Fact]
    public void Knots_AreOfClassesThatExist() =>
        Knots.Classes.Except(Repository.Code("src/").Select(file => file.Name.Split('.')[0])).Should().BeEmpty();

    /// <summary>Ports, decoders, regions and memdevs know each other, as Linux' objects do.</summary>
    private static bool IsOfCxlObjects(string project, string folder) => project.EndsWith(".Kernel", StringComparison.Ordinal) && Top(folder) == "Cxl" && folder != "Cxl/Traces";

    private static string Top(string folder) => folder.Split('/')[0];
}
