using System.Text;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>The records of an SRAT (ACPI 6.5 5.2.16) in their order. What has no form of its own in the platform language is kept as bytes.</summary>
internal sealed class SratFacts
{
    /// <summary>From it on a proximity domain has 32 bits.</summary>
    private const byte WideDomains = 2;

    private readonly CapturedTable _table;
    private readonly ImportFindings _findings;

    public SratFacts(CapturedTable table, ImportFindings findings)
    {
        _table = table;
        _findings = findings;
        foreach ((int type, ReadOnlyMemory<byte> bytes) in table.Records(SratMemoryAffinity.FirstRecord, SubtableFormat.Common, findings))
        {
            Entries.Add(Entry(type, bytes) ?? new SratRawDescription(bytes.ToArray()));
        }
    }

    public List<SratEntryDescription> Entries { get; } = [];

    /// <summary>Domains of processors that are enabled, by id.</summary>
    public IEnumerable<(uint Id, uint Domain)> Processors => Entries.Select(entry => entry switch
    {
        SratCpuDescription { Enabled: true } cpu => ((uint, uint)?)(cpu.ApicId, cpu.ProximityDomain),
        SratX2ApicDescription { Enabled: true } cpu => (cpu.X2ApicId, cpu.ProximityDomain),
        _ => null,
    }).OfType<(uint, uint)>();

    /// <summary>Ranges of memory that are enabled.</summary>
    public IEnumerable<(AddressRange Range, uint Domain, bool HotPluggable)> Memory => Entries.OfType<SratMemoryDescription>()
        .Where(memory => memory.Enabled)
        .Select(memory => (Found: AddressRange.TryCreate(new Hpa(memory.Base), new ByteSize(memory.Length), out AddressRange range) && range.Last.Value < 1UL << 52, Range: range, Memory: memory))
        .Where(memory => memory.Found)
        .Select(memory => (memory.Range, memory.Memory.ProximityDomain, memory.Memory.HotPluggable));

    private SratEntryDescription? Entry(int type, ReadOnlyMemory<byte> bytes) => type switch
    {
        SratProcessorAffinity.TypeId when bytes.Length == SratProcessorAffinity.SpecSize && _table.TryRead(bytes, _findings, out SratProcessorAffinity cpu) => Cpu(cpu),
        SratX2ApicAffinity.TypeId when bytes.Length == SratX2ApicAffinity.SpecSize && _table.TryRead(bytes, _findings, out SratX2ApicAffinity cpu) => Cpu(cpu),
        SratMemoryAffinity.TypeId when bytes.Length == SratMemoryAffinity.SpecSize && _table.TryRead(bytes, _findings, out SratMemoryAffinity memory) => Range(memory),
        SratGenericAffinity.PortTypeId or SratGenericAffinity.InitiatorTypeId
            when bytes.Length == SratGenericAffinity.SpecSize && _table.TryRead(bytes, _findings, out SratGenericAffinity device) => Generic(device, type == SratGenericAffinity.PortTypeId),
        _ => null,
    };

    private SratCpuDescription? Cpu(in SratProcessorAffinity cpu)
    {
        uint high = (uint)(cpu.ProximityDomain1 | (cpu.ProximityDomain2 << 8) | (cpu.ProximityDomain3 << 16));
        bool isSaid = (cpu.Flags & ~SratProcessorAffinity.FlagEnabled) == 0 && (_table.Revision >= WideDomains || high == 0);
        return !isSaid ? null : new SratCpuDescription(cpu.ProximityDomainLow | (high << 8), cpu.ApicId)
        {
            Enabled = (cpu.Flags & SratProcessorAffinity.FlagEnabled) != 0,
            SapicEid = cpu.SapicEid,
            ClockDomain = cpu.ClockDomain,
        };
    }

    private static SratX2ApicDescription? Cpu(in SratX2ApicAffinity cpu) => (cpu.Flags & ~SratX2ApicAffinity.FlagEnabled) != 0 ? null
        : new SratX2ApicDescription(cpu.ProximityDomain, cpu.X2ApicId) { Enabled = cpu.Flags != 0, ClockDomain = cpu.ClockDomain };

    private SratMemoryDescription? Range(in SratMemoryAffinity memory)
    {
        const uint known = SratMemoryAffinity.FlagEnabled | SratMemoryAffinity.FlagHotPluggable | SratMemoryAffinity.FlagNonVolatile | SratMemoryAffinity.FlagSpecificPurpose;
        bool isSaid = (memory.Flags & ~known) == 0 && (_table.Revision >= WideDomains || memory.ProximityDomain <= byte.MaxValue);
        return !isSaid ? null : new SratMemoryDescription(memory.ProximityDomain, memory.Base, memory.RangeLength)
        {
            Enabled = (memory.Flags & SratMemoryAffinity.FlagEnabled) != 0,
            HotPluggable = (memory.Flags & SratMemoryAffinity.FlagHotPluggable) != 0,
            NonVolatile = (memory.Flags & SratMemoryAffinity.FlagNonVolatile) != 0,
            SpecificPurpose = (memory.Flags & SratMemoryAffinity.FlagSpecificPurpose) != 0,
        };
    }

    private static SratGenericDescription? Generic(in SratGenericAffinity device, bool isPort)
    {
        const uint known = SratGenericAffinity.FlagEnabled | SratGenericAffinity.FlagArchitecturalTransactions;
        byte[] id = BitConverter.GetBytes(device.HardwareId);
        DeviceHandleDescription? handle = device.HandleType switch
        {
            SratGenericAffinity.HandlePci when device.HardwareId <= uint.MaxValue && device.Uid == 0 => new PciHandleDescription(device.PciSegment, device.PciBdf),
            SratGenericAffinity.HandleAcpi when Array.TrueForAll(id, letter => letter is 0 or (>= 0x20 and < 0x7f)) => new AcpiHandleDescription(Encoding.ASCII.GetString(id).TrimEnd('\0'), device.Uid),
            _ => null,
        };
        bool isSaid = handle is not null and not AcpiHandleDescription { HardwareId: "" } && (device.Flags & ~known) == 0 && (handle as AcpiHandleDescription)?.HardwareId.Contains('\0') != true;
        return !isSaid ? null : new SratGenericDescription(device.ProximityDomain, isPort, handle!)
        {
            Enabled = (device.Flags & SratGenericAffinity.FlagEnabled) != 0,
            ArchitecturalTransactions = (device.Flags & SratGenericAffinity.FlagArchitecturalTransactions) != 0,
        };
    }
}
