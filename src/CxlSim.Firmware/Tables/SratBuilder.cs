using System.Text;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>System Resource Affinity Table: CPUs, memory and generic ports of each proximity domain (ACPI 6.5 5.2.16).</summary>
public static class SratBuilder
{
    /// <summary>3 makes proximity domains 32 bits wide.</summary>
    private const byte Revision = 3;
    private const string FromNodes = "the CPUs and the DRAM of the nodes";

    private static readonly FieldOrigin[] CpuFields =
    [
        new(nameof(SratProcessorAffinity.ProximityDomainLow), "pxm", FromNodes),
        new(nameof(SratProcessorAffinity.ProximityDomain1), "pxm", FromNodes),
        new(nameof(SratProcessorAffinity.ApicId), "cpu", FromNodes),
        new(nameof(SratProcessorAffinity.Flags), "enabled", "enabled"),
    ];

    private static readonly FieldOrigin[] MemoryFields =
    [
        new(nameof(SratMemoryAffinity.ProximityDomain), "pxm", FromNodes),
        new(nameof(SratMemoryAffinity.Base), "memory", FromNodes),
        new(nameof(SratMemoryAffinity.RangeLength), "memory", FromNodes),
        new(nameof(SratMemoryAffinity.Flags), "hotplug", "enabled"),
    ];

    private static readonly FieldOrigin[] PortFields =
    [
        new(nameof(SratGenericAffinity.ProximityDomain), "pxm", string.Empty),
        new(nameof(SratGenericAffinity.Uid), "generic_port", string.Empty),
        new(nameof(SratGenericAffinity.Flags), "enabled", "enabled"),
    ];

    public static BuiltTable Build(PlatformDescription platform, IReadOnlyList<SratEntryDescription> entries)
    {
        AcpiTable table = new("SRAT", Revision, platform);
        table.Body.U32(1).U64(0);
        string? derivation = platform.Sources.Stated(platform.Memory, "srat") is null ? FromNodes : null;
        foreach (SratEntryDescription entry in entries)
        {
            switch (entry)
            {
                case SratCpuDescription cpu:
                    table.Append(Cpu(cpu), cpu, derivation, CpuFields);
                    break;
                case SratMemoryDescription memory:
                    table.Append(Memory(memory), memory, derivation, MemoryFields);
                    break;
                case SratGenericPortDescription port:
                    table.Append(Port(port), port, derivation, PortFields);
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
        Flags = SratProcessorAffinity.FlagEnabled,
    };

    private static SratMemoryAffinity Memory(SratMemoryDescription memory) => new()
    {
        Type = SratMemoryAffinity.TypeId,
        Length = (byte)SratMemoryAffinity.SpecSize,
        ProximityDomain = memory.ProximityDomain,
        Base = memory.Range.Start.Value,
        RangeLength = memory.Range.Size.Bytes,
        Flags = SratMemoryAffinity.FlagEnabled | (memory.HotPluggable ? SratMemoryAffinity.FlagHotPluggable : 0),
    };

    private static SratGenericAffinity Port(SratGenericPortDescription port) => new()
    {
        Type = SratGenericAffinity.PortTypeId,
        Length = (byte)SratGenericAffinity.SpecSize,
        HandleType = SratGenericAffinity.HandleAcpi,
        ProximityDomain = port.ProximityDomain,
        HardwareId = BitConverter.ToUInt64(Encoding.ASCII.GetBytes(AcpiIds.CxlHostBridge)),
        Uid = port.Uid,
        Flags = SratGenericAffinity.FlagEnabled,
    };
}
