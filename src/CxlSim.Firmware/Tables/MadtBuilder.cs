using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Multiple APIC Description Table: the CPUs and the I/O APIC (ACPI 6.5 5.2.12).</summary>
public static class MadtBuilder
{
    private const byte Revision = 3;
    private const string FromCpus = "the CPUs of the nodes";

    /// <summary>PC chipsets have the local APICs and the I/O APIC there.</summary>
    private const uint LocalApicAddress = 0xfee0_0000;
    private const uint IoApicAddress = 0xfec0_0000;

    private static readonly FieldOrigin[] CpuFields =
    [
        new(nameof(MadtLocalApic.ProcessorUid), "cpu", FromCpus),
        new(nameof(MadtLocalApic.ApicId), "cpu", FromCpus),
        new(nameof(MadtLocalApic.Flags), "enabled", "every CPU is there"),
    ];

    public static BuiltTable Build(PlatformDescription platform)
    {
        AcpiTable table = new("APIC", Revision, platform);
        table.Body.U32(LocalApicAddress).U32(1);
        int cpu = 0;
        foreach (DramNodeDescription node in platform.Memory.Nodes)
        {
            for (int i = 0; i < node.Cpus && cpu < byte.MaxValue; i++, cpu++)
            {
                MadtLocalApic record = new()
                {
                    Type = MadtLocalApic.TypeId,
                    Length = (byte)MadtLocalApic.SpecSize,
                    ProcessorUid = (byte)cpu,
                    ApicId = (byte)cpu,
                    Flags = MadtLocalApic.FlagEnabled,
                };
                table.Append(record, node, FromCpus, CpuFields);
            }
        }

        MadtIoApic chip = new() { Type = MadtIoApic.TypeId, Length = (byte)MadtIoApic.SpecSize, Address = IoApicAddress };
        table.Append(chip, null, "every PC has one", []);
        return table.Finish();
    }
}
