using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Multiple APIC Description Table: the CPUs and the I/O APIC (ACPI 6.5 5.2.12).</summary>
public static class MadtBuilder
{
    private const byte Revision = 3;
    private const string FromCpus = "the CPUs of the nodes";
    private const string Enabled = "enabled";

    /// <summary>PC chipsets have the local APICs and the I/O APIC there.</summary>
    private const uint LocalApicAddress = 0xfee0_0000;
    private const uint IoApicAddress = 0xfec0_0000;
    private const uint PcAtCompatible = 1;

    private static readonly FieldOrigin[] ApicFields =
    [
        new(nameof(MadtLocalApic.ProcessorUid), "uid", FromCpus),
        new(nameof(MadtLocalApic.ApicId), "apic", FromCpus),
        new(nameof(MadtLocalApic.Flags), "enabled", Enabled) { OtherKeys = ["online_capable"] },
    ];

    private static readonly FieldOrigin[] X2ApicFields =
    [
        new(nameof(MadtX2Apic.X2ApicId), "x2apic", FromCpus),
        new(nameof(MadtX2Apic.Flags), "enabled", Enabled) { OtherKeys = ["online_capable"] },
        new(nameof(MadtX2Apic.ProcessorUid), "uid", FromCpus),
    ];

    private static readonly FieldOrigin[] IoApicFields =
    [
        new(nameof(MadtIoApic.IoApicId), "io_apic", "0"),
        new(nameof(MadtIoApic.Address), "address", "where PC chipsets have it"),
        new(nameof(MadtIoApic.InterruptBase), "interrupt_base", "0"),
    ];

    public static BuiltTable Build(PlatformDescription platform)
    {
        AcpiTable table = new("APIC", Revision, platform);
        TableDescription? said = platform.Firmware.Tables.GetValueOrDefault("APIC");
        table.Append(new ListItem(BitConverter.GetBytes(said?.LocalApicAddress ?? LocalApicAddress), said, "local_apic_address", null, "where PC chipsets have it"), null);
        table.Append(new ListItem(BitConverter.GetBytes(said?.Flags ?? PcAtCompatible), said, "flags", null, "a PC"), null);
        if (platform.Memory.Madt is { } stated)
        {
            foreach (MadtEntryDescription entry in stated)
            {
                Append(table, entry, entry, null);
            }

            return table.Finish();
        }

        int cpu = 0;
        foreach (DramNodeDescription node in platform.Memory.Nodes)
        {
            for (int i = 0; i < node.Cpus && (platform.Memory.IsX2Apic || cpu < byte.MaxValue); i++, cpu++)
            {
                MadtEntryDescription entry = platform.Memory.IsX2Apic
                    ? new MadtX2ApicDescription((uint)cpu, (uint)cpu, MadtX2Apic.FlagEnabled)
                    : new MadtApicDescription((byte)cpu, (byte)cpu, MadtLocalApic.FlagEnabled);
                Append(table, entry, node, FromCpus);
            }
        }

        Append(table, new MadtIoApicDescription(0, IoApicAddress, 0), null, "every PC has one");
        return table.Finish();
    }

    private static void Append(AcpiTable table, MadtEntryDescription entry, object? from, string? derivation)
    {
        switch (entry)
        {
            case MadtApicDescription cpu:
                MadtLocalApic apic = new() { Type = MadtLocalApic.TypeId, Length = (byte)MadtLocalApic.SpecSize, ProcessorUid = cpu.Uid, ApicId = cpu.ApicId, Flags = cpu.Flags };
                table.Append(apic, from, derivation, ApicFields);
                break;
            case MadtX2ApicDescription cpu:
                MadtX2Apic x2Apic = new() { Type = MadtX2Apic.TypeId, Length = (byte)MadtX2Apic.SpecSize, X2ApicId = cpu.X2ApicId, Flags = cpu.Flags, ProcessorUid = cpu.Uid };
                table.Append(x2Apic, from, derivation, X2ApicFields);
                break;
            case MadtIoApicDescription chip:
                MadtIoApic ioApic = new() { Type = MadtIoApic.TypeId, Length = (byte)MadtIoApic.SpecSize, IoApicId = chip.Id, Address = chip.Address, InterruptBase = chip.InterruptBase };
                table.Append(ioApic, from, derivation, IoApicFields);
                break;
            case MadtRawDescription raw:
                table.AppendRaw(raw.Bytes, raw);
                break;
            default:
                throw new SimulatorBugException("a known kind of MADT entry");
        }
    }
}
