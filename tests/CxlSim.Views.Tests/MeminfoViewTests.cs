using System.Text.RegularExpressions;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>/proc/meminfo against the recording.</summary>
public partial class MeminfoViewTests
{
    /// <summary>Names, columns and units; amounts are the guest's own.</summary>
    [Fact]
    public void Keys_AreThoseOfTheRecording_InTheirOrder()
    {
        string[] lines = Lines(RecordedMemory.Created());

        lines.Select(Form).Should().Equal(RecordedMemory.Lines("meminfo.txt").Select(Form));
        lines.Select(line => line.Length).Should().Equal(RecordedMemory.Lines("meminfo.txt").Select(line => line.Length));
    }

    [Theory]
    [InlineData("MemTotal:        2435992 kB")]
    [InlineData("CommitLimit:     1217996 kB")]
    [InlineData("SwapTotal:             0 kB")]
    [InlineData("VmallocTotal:   34359738367 kB")]
    [InlineData("Hugepagesize:       2048 kB")]
    [InlineData("HugePages_Total:       0")]
    public void RecordedAmounts(string line)
    {
        RecordedMemory.Lines("meminfo.txt").Should().Contain(line);
        Lines(RecordedMemory.Created()).Should().Contain(line);
    }

    /// <summary>12800 TiB less a byte.</summary>
    [Fact]
    public void FiveLevelsOfPageTables_LeaveMoreForVmalloc() =>
        Lines(Given.Booted(Given.OneCard + "\nkernel: {la57: true}")).Should().Contain("VmallocTotal:   13743895347199 kB");

    /// <summary>Free memory, without 8 MiB of struct pages for the new node, less the high marks (147, 19737, 5454) and the largest reserve of DMA (1852), in kB.</summary>
    [Fact]
    public void Available_IsWhatMarksAndReservesLeave() =>
        Lines(RecordedMemory.Created()).Should().Contain("MemFree:         2427800 kB").And.Contain("MemAvailable:    2319040 kB");

    [Fact]
    public void MemoryThatIsOffline_CountsNothing()
    {
        MachineSession session = RecordedMemory.Created();
        session.Write("/sys/devices/system/memory/memory147/state", "offline");

        Lines(session).Should().Contain("MemTotal:        2304920 kB", "128 MiB less");
    }

    private static string[] Lines(MachineSession session) => MeminfoView.Render(session.Kernel).TrimEnd('\n').Split('\n');

    private static string Form(string line) => Number().Replace(line, " N");

    [GeneratedRegex(@"\s+\d+")]
    private static partial Regex Number();
}
