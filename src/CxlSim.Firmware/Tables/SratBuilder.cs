using System.Text;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>System Resource Affinity Table: CPUs, memory, generic initiators and ports of each proximity domain (ACPI 6.5 5.2.16).</summary>
public static class SratBuilder
{
    /// <summary>3 makes proximity domains 32 bits wide.</summary>
    private const byte Revision = 3;
    private const string FromNodes = "the CPUs and the DRAM of the nodes";
    private const int HardwareIdWidth = 8;

    public static BuiltTable Build(PlatformDescription platform, IReadOnlyList<SratEntryDescription> entries)
    {
        AcpiTable table = new("SRAT", Revision, platform);
        TableDescription? said = platform.Firmware.Tables.GetValueOrDefault("SRAT");
        table.Append(new ListItem(BitConverter.GetBytes(said?.TableRevision ?? 1), said, "table_revision", null, "1, as ACPI has it"), null);
        table.Body.U64(0);
        string? derivation = table.States(platform.Memory, "srat") ? null : FromNodes;
        foreach (SratEntryDescription entry in entries)
        {
            switch (entry)
            {
                case SratCpuDescription cpu:
                    table.Append(Cpu(cpu), cpu, derivation, SratOrigins.Cpu);
                    break;
                case SratX2ApicDescription cpu:
                    table.Append(Cpu(cpu), cpu, derivation, SratOrigins.X2Apic);
                    break;
                case SratMemoryDescription memory:
                    table.Append(Memory(memory), memory, derivation, SratOrigins.Memory);
                    break;
                case SratGenericDescription device:
                    table.Append(Generic(device), device, derivation, device.IsPort ? SratOrigins.Port : SratOrigins.Initiator);
                    break;
                case SratRawDescription raw:
                    table.AppendRaw(raw.Bytes, raw);
                    break;
                default:
                    throw new SimulatorBugException("a known kind of SRAT entry");
            }
        }

        return table.Finish();
    }

    private static SratProcessorAffinity Cpu(SratCpuDescription cpu) => new()
    {
        Type = SratProcessorAffinity.TypeId,
        Length = (byte)SratProcessorAffinity.SpecSize,
        ProximityDomainLow = Bits.ByteAt(cpu.ProximityDomain, 0),
        ProximityDomain1 = Bits.ByteAt(cpu.ProximityDomain, 1),
        ProximityDomain2 = Bits.ByteAt(cpu.ProximityDomain, 2),
        ProximityDomain3 = Bits.ByteAt(cpu.ProximityDomain, 3),
        ApicId = cpu.ApicId,
        Flags = cpu.Enabled ? SratProcessorAffinity.FlagEnabled : 0,
        SapicEid = cpu.SapicEid,
        ClockDomain = cpu.ClockDomain,
    };

    private static SratX2ApicAffinity Cpu(SratX2ApicDescription cpu) => new()
    {
        Type = SratX2ApicAffinity.TypeId,
        Length = (byte)SratX2ApicAffinity.SpecSize,
        ProximityDomain = cpu.ProximityDomain,
        X2ApicId = cpu.X2ApicId,
        Flags = cpu.Enabled ? SratX2ApicAffinity.FlagEnabled : 0,
        ClockDomain = cpu.ClockDomain,
    };

    private static SratMemoryAffinity Memory(SratMemoryDescription memory) => new()
    {
        Type = SratMemoryAffinity.TypeId,
        Length = (byte)SratMemoryAffinity.SpecSize,
        ProximityDomain = memory.ProximityDomain,
        Base = memory.Base,
        RangeLength = memory.Length,
        Flags = (memory.Enabled ? SratMemoryAffinity.FlagEnabled : 0) | (memory.HotPluggable ? SratMemoryAffinity.FlagHotPluggable : 0)
            | (memory.NonVolatile ? SratMemoryAffinity.FlagNonVolatile : 0) | (memory.SpecificPurpose ? SratMemoryAffinity.FlagSpecificPurpose : 0),
    };

    private static SratGenericAffinity Generic(SratGenericDescription device)
    {
        SratGenericAffinity record = new()
        {
            Type = device.IsPort ? SratGenericAffinity.PortTypeId : SratGenericAffinity.InitiatorTypeId,
            Length = (byte)SratGenericAffinity.SpecSize,
            ProximityDomain = device.ProximityDomain,
            Flags = (device.Enabled ? SratGenericAffinity.FlagEnabled : 0) | (device.ArchitecturalTransactions ? SratGenericAffinity.FlagArchitecturalTransactions : 0),
        };
        switch (device.Handle)
        {
            case AcpiHandleDescription acpi:
                record.HandleType = SratGenericAffinity.HandleAcpi;
                record.HardwareId = BitConverter.ToUInt64(Encoding.ASCII.GetBytes(acpi.HardwareId.PadRight(HardwareIdWidth, '\0')));
                record.Uid = acpi.Uid;
                break;
            case PciHandleDescription pci:
                record.HandleType = SratGenericAffinity.HandlePci;
                record.HardwareId = SratGenericAffinity.PciHandle(pci.Segment, pci.Bdf);
                break;
        }

        return record;
    }
}
