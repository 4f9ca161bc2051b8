namespace CxlSim.Conformance.Tests;

/// <summary>How a state is read from its folder.</summary>
public class CaptureTests
{
    [Fact]
    public void A_folder_is_read_file_by_file()
    {
        Recordings.Boot.Files.Should().HaveCount(16).And.ContainKeys("iomem.txt", "pci.txt", "meminfo.txt");
        Recordings.Boot.TextOf("iomem.txt").Should().Contain("490000000-58fffffff : CXL Window 0");
    }

    [Fact]
    public void Folders_inside_a_state_are_other_states() => Recordings.Of("01-single-volatile").Files.Keys.Should().NotContain("cxl-attrs.txt");

    [Fact]
    public void A_changed_capture_leaves_the_first_one_as_it_was()
    {
        Capture changed = Recordings.Boot.With("iomem.txt", "").Without("pci.txt");

        changed.Files.Should().HaveCount(15);
        changed.TextOf("pci.txt").Should().BeEmpty();
        Recordings.Boot.TextOf("iomem.txt").Should().NotBeEmpty();
    }

    [Fact]
    public void The_root_of_the_repository_holds_the_solution() => File.Exists(Path.Combine(RepositoryRoot.Find(), "CxlSim.sln")).Should().BeTrue();
}
