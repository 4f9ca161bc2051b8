using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Where configuration space is mapped into memory (PCI firmware specification 3.3 4.1.2).</summary>
public static class McfgBuilder
{
    private const byte Revision = 1;

    public static BuiltTable Build(PlatformDescription platform)
    {
        AcpiTable table = new("MCFG", Revision, platform);
        table.Body.U64(0);
        foreach ((ushort segment, AddressRange range) in MmioPlan.Ecams(platform))
        {
            McfgAllocation all = new() { Base = range.Start.Value, Segment = segment, StartBus = 0, EndBus = byte.MaxValue };
            table.Append(all, null, "the board's address map", []);
        }

        return table.Finish();
    }
}
