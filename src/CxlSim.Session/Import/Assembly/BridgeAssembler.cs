using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Makes host bridges of what was found, with all that is below them.</summary>
internal sealed class BridgeAssembler(ImportSources sources, PortAssembler ports, DeviceAssembler devices)
{
    private readonly ImportFindings _findings = sources.Findings;

    /// <param name="drafts">In the order of the namespace.</param>
    /// <param name="taken">What no bridge forwards: DRAM, windows, registers.</param>
    public IReadOnlyList<HostBridgeDescription> Bridges(IReadOnlyList<BridgeDraft> drafts, IReadOnlyList<AddressRange> taken)
    {
        List<AddressRange> apart = [.. taken, Ranges.ConfigurationSpace];
        List<HostBridgeDescription> bridges = [];
        foreach (BridgeDraft draft in drafts)
        {
            IReadOnlyList<AddressRange> mmio = Mmio(draft, apart);
            apart.AddRange(mmio);
            bool isCxl = draft.Registers is not null;
            IReadOnlyList<RootPortDescription> rootPorts = ports.RootPorts(draft.Segment, draft.Bus, isCxl);
            string name = FormattableString.Invariant($"pci{draft.Segment:x4}:{draft.Bus:x2}");
            HostBridgeDescription bridge = new()
            {
                Uid = draft.Uid,
                Segment = draft.Segment,
                Bus = draft.Bus,
                LastBus = draft.Bus,
                Cxl = draft.Registers is { } registers ? new CxlHostBridgeDescription(registers, devices.DecodersOf(name, registers, rootPorts.Count)) { Chbs = draft.Chbs } : null,
                ProximityDomain = draft.ProximityDomain,
                Mmio = mmio,
                RootPorts = rootPorts,
                Functions = ports.Functions(draft.Segment, draft.Bus, isCxl),
            };
            bridges.Add(bridge with { LastBus = LastBus(bridge, draft, drafts) });
        }

        return bridges;
    }

    private IReadOnlyList<AddressRange> Mmio(BridgeDraft draft, IReadOnlyList<AddressRange> apart)
    {
        if (draft.Mmio is not { } said)
        {
            _findings.NotLearnt($"which addresses the root bridge at bus 0x{draft.Bus:x2} forwards is not in the capture; firmware carves them out");
            return [];
        }

        List<AddressRange> mmio = [];
        foreach (AddressRange range in said)
        {
            bool isLegacy = Ranges.Legacy.Contains(range);
            IReadOnlyList<AddressRange> left = isLegacy ? [range] : range.Last.Value < 1UL << 52 ? Ranges.Without(range, apart.Concat(mmio)) : [];
            if (left is not [{ } whole] || whole != range)
            {
                _findings.NotExpressed($"the range {range} of the root bridge at bus 0x{draft.Bus:x2} overlaps DRAM, a window or another bridge; {(left.Count == 0 ? "nothing is left of it" : string.Join(", ", left) + " is written")}");
            }

            mmio.AddRange(left);
        }

        return mmio;
    }

    /// <summary>What the capture says, or as many as are needed, up to the next bridge's first.</summary>
    private byte LastBus(HostBridgeDescription bridge, BridgeDraft draft, IReadOnlyList<BridgeDraft> drafts)
    {
        int limit = drafts.Where(other => other.Segment == bridge.Segment).Select(other => other.Bus - 1).Where(last => last >= bridge.Bus).Append(byte.MaxValue).Min();
        int needed = bridge.Bus + BusNumbers.Needed(bridge.RootPorts);
        if (BusNumbers.FirstMoved(bridge, sources.Pci) is var (port, was, becomes))
        {
            _findings.NotExpressed($"the bus behind {port} was 0x{was:x2} and becomes 0x{becomes:x2}: the model's firmware numbers buses without gaps");
        }

        return (byte)Math.Min(limit, Math.Max(draft.LastBus ?? needed, needed));
    }

    /// <summary>Memory devices that are below no port of a CXL host bridge.</summary>
    public void ReportHomeless()
    {
        IEnumerable<Bdf> known = sources.Pci.All.Where(function => function.IsMemoryDevice).Select(function => function.Address).Concat(sources.Cxl.Memdevs.Keys).Distinct();
        foreach (Bdf device in known.Where(device => !devices.Placed.ContainsKey(device)))
        {
            _findings.NotExpressed($"the memory device {device} is below no port of a {AcpiIds.CxlHostBridge} host bridge and is left out: it is integrated, or its ports are not in the capture");
        }
    }
}
