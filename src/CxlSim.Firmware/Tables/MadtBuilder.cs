using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Multiple APIC Description Table: the CPUs and the I/O APIC (ACPI 6.5 5.2.12).</summary>
public static class MadtBuilder
{
    private const byte Revision = 3;

    /// <summary>PC chipsets have the local APICs and the I/O APIC there.</summary>
    private const uint LocalApicAddress = 0xfee0_0000;
    private const uint IoApicAddress = 0xfec0_0000;

    public static byte[] Build(PlatformDescription platform)
    {
        AcpiTable table = new("APIC", Revision, platform.Firmware);
        table.Body.U32(LocalApicAddress).U32(1);
        int cpus = platform.Memory.Nodes.Sum(node => node.Cpus);
        for (int cpu = 0; cpu < Math.Min(cpus, byte.MaxValue); cpu++)
        {
            table.Body.Bytes(BinaryLayout.ToBytes(new MadtLocalApic
            {
                Type = MadtLocalApic.TypeId,
                Length = (byte)MadtLocalApic.SpecSize,
                ProcessorUid = (byte)cpu,
                ApicId = (byte)cpu,
                Flags = MadtLocalApic.FlagEnabled,
            }));
        }

        table.Body.Bytes(BinaryLayout.ToBytes(new MadtIoApic
        {
            Type = MadtIoApic.TypeId,
            Length = (byte)MadtIoApic.SpecSize,
            Address = IoApicAddress,
        }));
        return table.Finish();
    }
}
