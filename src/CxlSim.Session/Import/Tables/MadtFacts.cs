using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>The records of a MADT (ACPI 6.5 5.2.12).</summary>
internal sealed class MadtFacts
{
    public MadtFacts(CapturedTable table, ImportFindings findings)
    {
        foreach ((int type, ReadOnlyMemory<byte> bytes) in table.Records(MadtLocalApic.FirstEntryOffset, SubtableFormat.Common, findings))
        {
            Entries.Add(Entry(type, bytes, table, findings));
        }
    }

    public List<MadtEntryDescription> Entries { get; } = [];

    /// <summary>Ids of the processors that are there.</summary>
    public IEnumerable<uint> Processors => Entries.Select(entry => entry switch
    {
        MadtApicDescription cpu when (cpu.Flags & MadtX2Apic.FlagEnabled) != 0 => (uint?)cpu.ApicId,
        MadtX2ApicDescription cpu when (cpu.Flags & MadtX2Apic.FlagEnabled) != 0 => cpu.X2ApicId,
        _ => null,
    }).OfType<uint>();

    private static MadtEntryDescription Entry(int type, ReadOnlyMemory<byte> bytes, CapturedTable table, ImportFindings findings)
    {
        const uint known = MadtX2Apic.FlagEnabled | MadtX2Apic.FlagOnlineCapable;
        return type switch
        {
            MadtLocalApic.TypeId when bytes.Length == MadtLocalApic.SpecSize && table.TryRead(bytes, findings, out MadtLocalApic cpu) && (cpu.Flags & ~known) == 0
                => new MadtApicDescription(cpu.ProcessorUid, cpu.ApicId, cpu.Flags),
            MadtX2Apic.TypeId when bytes.Length == MadtX2Apic.SpecSize && table.TryRead(bytes, findings, out MadtX2Apic cpu) && (cpu.Flags & ~known) == 0
                => new MadtX2ApicDescription(cpu.ProcessorUid, cpu.X2ApicId, cpu.Flags),
            MadtIoApic.TypeId when bytes.Length == MadtIoApic.SpecSize && table.TryRead(bytes, findings, out MadtIoApic chip)
                => new MadtIoApicDescription(chip.IoApicId, chip.Address, chip.InterruptBase),
            _ => new MadtRawDescription(bytes.ToArray()),
        };
    }
}
