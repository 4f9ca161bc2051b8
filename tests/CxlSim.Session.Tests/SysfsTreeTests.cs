using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>/sys of the mount.</summary>
public sealed class SysfsTreeTests
{
    [Fact]
    public void Directories_ListTheirNamesAsKernfsDoes()
    {
        MachineSession session = new(new Machine.SimulatedMachine(Platform.PlatformReader.ReadText("""
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}]}]
            windows: [{targets: [5]}]
            """, "test.yaml").Platform!));
        session.Boot().Should().BeTrue();

        string[] names = [.. new KernelTree(session).List(["sys", "bus", "cxl", "devices"])!];

        names.Where(name => name.StartsWith("mem", StringComparison.Ordinal)).Should().Equal("mem1", "mem2", "mem0");
        names.Should().Equal(KernfsOrder.Sort(names));
    }
}
