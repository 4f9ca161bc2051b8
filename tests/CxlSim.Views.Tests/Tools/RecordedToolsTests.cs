using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Views.Tests;

/// <summary>lsmem, numactl and daxctl list, byte for byte as they were recorded. Only what programs of the guest used of its memory is the recording's own.</summary>
public class RecordedToolsTests
{
    private static readonly DaxctlListOptions All = new() { Regions = true, Devices = true, Idle = true };

    private static readonly LsmemOptions AllColumns = new() { Columns = LsmemColumns.All };

    [Fact]
    public void OnlineRegion() => ShouldBeRecorded(RecordedMemory.Created(), "01-created-default-policy");

    [Fact]
    public void OfflineRegion() => ShouldBeRecorded(Offline(), "02-offline");

    [Fact]
    public void DevdaxDevice() => ShouldBeRecorded(
        Written(Unbound(), ("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0")), "03-devdax");

    [Fact]
    public void TwoDevices() => ShouldBeRecorded(
        Written(
            Unbound(), ("/sys/bus/dax/devices/dax0.0/size", "0x10000000"),
            ("/sys/devices/platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0/dax_region/create", "1"),
            ("/sys/bus/dax/devices/dax0.1/size", "0x10000000")),
        "08-two-dax-sized");

    [Fact]
    public void HumanRegion() => DaxctlListView.Render(RecordedMemory.Created().Kernel, new DaxctlListOptions { Regions = true, Human = true }).Output
        .Should().Be(Recorded("01-created-default-policy", "daxctl-list-Ru.json"));

    private static void ShouldBeRecorded(MachineSession session, string state)
    {
        LsmemView.Render(session.Kernel, AllColumns).Should().Be(Recorded(state, "lsmem.txt"));
        DaxctlListView.Render(session.Kernel, All).Output.Should().Be(Recorded(state, "daxctl-list-RDi.json"));
        WithoutUse(NumactlView.Render(session.Kernel, compressCpus: false)).Should().Equal(WithoutUse(Recorded(state, "numactl-H.txt")));
    }

    private static MachineSession Offline() => Written(RecordedMemory.Created(), [.. Enumerable.Range(146, 4).Select(block => ($"/sys/devices/system/memory/memory{block}/state", "offline"))]);

    private static MachineSession Unbound() => Written(Offline(), ("/sys/bus/dax/drivers/kmem/unbind", "dax0.0"));

    private static MachineSession Written(MachineSession session, params (string Path, string Value)[] writes)
    {
        foreach ((string path, string value) in writes)
        {
            session.Write(path, value).Should().Be(Errno.Ok, path);
        }

        return session;
    }

    private static string Recorded(string state, string file) => File.ReadAllText(RepositoryRoot.Golden("01-single-volatile", state, file));

    private static IEnumerable<string> WithoutUse(string text) => text.Split('\n').Where(line => !line.StartsWith("node 0 free:", StringComparison.Ordinal));
}
