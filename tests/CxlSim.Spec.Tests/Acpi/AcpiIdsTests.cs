using CxlSim.Spec.Acpi;

namespace CxlSim.Spec.Tests.Acpi;

public class AcpiIdsTests
{
    [Theory]
    [InlineData(AcpiIds.PcieHostBridge, 0x080AD041u)]
    [InlineData(AcpiIds.PciHostBridge, 0x030AD041u)]
    [InlineData(AcpiIds.Motherboard, 0x020CD041u)]
    [InlineData("PNPFFFF", 0xFFFFD041u)]
    [InlineData("AZM0123", 0x23014D07u)]
    public void EisaId_GoesBothWays(string id, uint encoded)
    {
        AcpiIds.ToEisaId(id).Should().Be(encoded);
        AcpiIds.FromEisaId(encoded).Should().Be(id);
    }
}
