using System.Globalization;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Conformance.Tests;

/// <summary>What <c>cxl list</c>, <c>daxctl list</c> and <c>lsmem</c> printed on the recorded machines, byte for byte. Machines whose memdevs Linux happened to number in another order are left to the comparison by facts.</summary>
public class ListingsTests
{
    [Theory]
    [InlineData("01-single-volatile")]
    [InlineData("02-hb-interleave-2way")]
    [InlineData("03-rp-interleave-2way")]
    [InlineData("08-user-errors")]
    [InlineData("10-soft-reserved/plain")]
    [InlineData("10-soft-reserved/sp-over-dram")]
    [InlineData("10-soft-reserved/sp-over-window")]
    [InlineData("10-soft-reserved/sp-over-window-nosoftreserve")]
    [InlineData("11-ras")]
    public void BootedMachine_IsListedAsRecorded(string recording) => CompareListings(Boot(recording), RepositoryRoot.Golden(recording, "00-boot"));

    [Fact]
    public void CreatedRegion_IsListedAsRecorded()
    {
        MachineSession session = Boot("01-single-volatile");
        new StepRunner(session).Run(session.Machine.Platform.Steps[0]).IsAsExpected.Should().BeTrue();
        CompareListings(session, RepositoryRoot.Golden("01-single-volatile", "01-created-default-policy"));
    }

    private static void CompareListings(MachineSession session, string folder)
    {
        Capture taken = MachineCapture.Take(session);
        string[] recorded = [.. new[] { "cxl-list*.json", "daxctl-list*.json", "lsmem.txt" }.SelectMany(files => Directory.GetFiles(folder, files)).Where(file => new FileInfo(file).Length > 0)];
        recorded.Should().HaveCountGreaterThan(3);
        foreach (string file in recorded)
        {
            taken.TextOf(Path.GetFileName(file)).Should().Be(File.ReadAllText(file), "of {0}", file);
        }
    }

    private static MachineSession Boot(string recording)
    {
        string[] row = File.ReadLines(RepositoryRoot.File("tests/conformance/scenarios.tsv")).Select(line => line.Split('\t')).Single(line => line[0] == recording);
        PlatformDescription platform = PlatformReader.ReadFile(RepositoryRoot.File(row[1])).Platform!;
        string append = row.Length > 3 ? row[3] : string.Empty;
        MachineSession session = new(new SimulatedMachine(platform with { Kernel = platform.Kernel with { CommandLine = $"{platform.Kernel.CommandLine} {append}".Trim() } }, ulong.Parse(row[2], CultureInfo.InvariantCulture)));
        session.Boot().Should().BeTrue();
        return session;
    }
}
