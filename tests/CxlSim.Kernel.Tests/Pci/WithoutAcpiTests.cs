using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Root bridges are devices of ACPI: without its scan handler there are none, and CXL has no host bridges.</summary>
public sealed class WithoutAcpiTests
{
    [Theory]
    [InlineData("", 1, 2)]
    [InlineData("pci=noacpi", 0, 1)]
    [InlineData("pci=nomsi,noacpi", 0, 1)]
    [InlineData("acpi=off", 0, 0)]
    public void RootBridges_AreOfTheNamespace(string commandLine, int roots, int ports)
    {
        MachineSession session = Given.Booted($$"""
            kernel: {command_line: "{{commandLine}}"}
            memory: {dram: 1GiB}
            host_bridges: [{uid: 5, bus: 0x10}]
            """);

        session.Kernel.PciRoots.Should().HaveCount(roots);
        session.Kernel.Cxl.Ports.Should().HaveCount(ports);
    }
}
