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

    public static byte[] Build(PlatformDescription platform, IReadOnlyList<SratEntryDescription> entries)
    {
        AcpiTable table = new("SRAT", Revision, platform.Firmware);
        table.Body.U32(1).U64(0);
        foreach (SratEntryDescription entry in entries)
        {
            table.Body.Bytes(entry switch
            {
                SratCpuDescription cpu => BinaryLayout.ToBytes(new SratProcessorAffinity
                {
                    Type = SratProcessorAffinity.TypeId,
                    Length = (byte)SratProcessorAffinity.SpecSize,
                    ProximityDomainLow = Bits.ByteAt(cpu.ProximityDomain, 0),
                    ProximityDomain1 = Bits.ByteAt(cpu.ProximityDomain, 1),
                    ProximityDomain2 = Bits.ByteAt(cpu.ProximityDomain, 2),
                    ProximityDomain3 = Bits.ByteAt(cpu.ProximityDomain, 3),
                    ApicId = cpu.ApicId,
                    Flags = SratProcessorAffinity.FlagEnabled,
                }),
                SratMemoryDescription memory => BinaryLayout.ToBytes(new SratMemoryAffinity
                {
                    Type = SratMemoryAffinity.TypeId,
                    Length = (byte)SratMemoryAffinity.SpecSize,
                    ProximityDomain = memory.ProximityDomain,
                    Base = memory.Range.Start.Value,
                    RangeLength = memory.Range.Size.Bytes,
                    Flags = SratMemoryAffinity.FlagEnabled | (memory.HotPluggable ? SratMemoryAffinity.FlagHotPluggable : 0),
                }),
                SratGenericPortDescription port => BinaryLayout.ToBytes(new SratGenericAffinity
                {
                    Type = SratGenericAffinity.PortTypeId,
                    Length = (byte)SratGenericAffinity.SpecSize,
                    HandleType = SratGenericAffinity.HandleAcpi,
                    ProximityDomain = port.ProximityDomain,
                    HardwareId = BitConverter.ToUInt64(Encoding.ASCII.GetBytes(AcpiIds.CxlHostBridge)),
                    Uid = port.Uid,
                    Flags = SratGenericAffinity.FlagEnabled,
                }),
                _ => throw new SimulatorBugException("a known kind of SRAT entry"),
            });
        }

        return table.Finish();
    }
}
