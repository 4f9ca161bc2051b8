using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Where configuration space is mapped into memory (PCI firmware specification 3.3 4.1.2).</summary>
public static class McfgBuilder
{
    private const byte Revision = 1;

    public static byte[] Build(PlatformDescription platform)
    {
        AcpiTable table = new("MCFG", Revision, platform.Firmware);
        table.Body.U64(0).Bytes(BinaryLayout.ToBytes(new McfgAllocation { Base = MmioPlan.Ecam.Start.Value, StartBus = 0, EndBus = byte.MaxValue }));
        return table.Finish();
    }
}
