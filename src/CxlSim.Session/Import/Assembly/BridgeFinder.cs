using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Finds the root bridges of a machine: in the namespace, in the CEDT, in what Linux showed, among PCI functions. The namespace gives their order.</summary>
internal sealed class BridgeFinder
{
    private static readonly ByteSize RegisterAlignment = ByteSize.MiB(256);

    private readonly ImportSources _sources;
    private readonly ImportFindings _findings;
    private readonly List<BridgeDraft> _bridges = [];
    private readonly List<byte[]> _raw = [];

    /// <summary>UIDs whose record of the CEDT a bridge has.</summary>
    private readonly HashSet<uint> _named = [];

    /// <summary>Where registers go that no table places.</summary>
    private Hpa _freeRegisters;

    public BridgeFinder(ImportSources sources, IEnumerable<AddressRange> windows)
    {
        _sources = sources;
        _findings = sources.Findings;
        IEnumerable<AddressRange> memory = sources.Srat?.Memory.Select(entry => entry.Range) ?? [];
        ulong end = windows.Concat(memory).Select(range => range.Last.Value).Append(uint.MaxValue).Max() + 1;
        _freeRegisters = new Hpa((end + RegisterAlignment.Bytes - 1) / RegisterAlignment.Bytes * RegisterAlignment.Bytes);
    }

    /// <summary>Records that no bridge says.</summary>
    public IReadOnlyList<byte[]> Raw => _raw;

    public IReadOnlyList<BridgeDraft> Find()
    {
        foreach (NamespaceBridge bridge in _sources.Namespace)
        {
            AddFromNamespace(bridge);
        }

        foreach ((CedtChbs record, byte[] bytes) in _sources.Cedt?.Bridges ?? [])
        {
            AddFromTable(record, bytes);
        }

        foreach ((uint uid, (ushort segment, byte bus)) in _sources.Cxl.Bridges)
        {
            if (IsFree(segment, bus) && _sources.Cedt is null)
            {
                Add(new BridgeDraft(uid, bus, null, FreeRegisters(uid), null) { Segment = segment });
            }
        }

        foreach ((ushort segment, byte bus) in _sources.Pci.RootBuses().Where(root => !_bridges.Exists(bridge => IsWithin(bridge, root.Segment, root.Bus))))
        {
            Add(new BridgeDraft(bus, bus, null, null, null) { Segment = segment });
        }

        return _bridges;
    }

    private void AddFromNamespace(NamespaceBridge bridge)
    {
        byte? bus = bridge.Bus
            ?? (_sources.Log.BusOfName.TryGetValue(bridge.Name, out byte logged) ? logged : (byte?)null)
            ?? (bridge is { IsCxl: true, Uid: { } uid } && _sources.Cxl.Bridges.TryGetValue(uid, out (ushort Segment, byte Bus) shown) ? shown.Bus : (byte?)null);
        if (bus is not { } first)
        {
            _findings.NotLearnt($"the first bus of the root bridge {bridge.Name} is computed by a method and in no log; the bridge is left out");
        }
        else if (IsFree(bridge.Segment, first) && (bridge.IsCxl || _sources.Pci.All.Count == 0 || _sources.Pci.OnBus(bridge.Segment, first).Count > 0))
        {
            BridgeDraft draft = new(bridge.Uid ?? first, first, bridge.LastBus, null, bridge.Mmio) { Segment = bridge.Segment, ProximityDomain = bridge.ProximityDomain };
            Add(bridge is { IsCxl: true, Uid: not null } ? WithRegisters(draft) : draft);
        }
    }

    /// <summary>A record of the CEDT that belongs to no bridge of the namespace is kept as it is; without a namespace it is a bridge.</summary>
    private void AddFromTable(CedtChbs record, byte[] bytes)
    {
        if (_bridges.Exists(bridge => bridge.Registers is not null && bridge.Uid == record.Uid) && _named.Add(record.Uid))
        {
            return;
        }

        if (_sources.Namespace.Count > 0 || _bridges.Exists(bridge => bridge.Registers is not null && bridge.Uid == record.Uid))
        {
            _raw.Add(bytes);
        }
        else if (_sources.Cxl.Bridges.TryGetValue(record.Uid, out (ushort Segment, byte Bus) shown) && IsFree(shown.Segment, shown.Bus))
        {
            Add(WithRegisters(new BridgeDraft(record.Uid, shown.Bus, null, null, null) { Segment = shown.Segment }));
            _named.Add(record.Uid);
        }
        else
        {
            byte free = FreeBus();
            _findings.NotLearnt($"the bus of the CXL host bridge {record.Uid} is not in the capture: no ACPI0016 device has its UID; 0x{free:x2} is written");
            Add(WithRegisters(new BridgeDraft(record.Uid, free, null, null, null)));
            _named.Add(record.Uid);
        }
    }

    /// <summary>With registers where the CEDT has them, and with what else it says, true or not.</summary>
    private BridgeDraft WithRegisters(BridgeDraft draft)
    {
        if (_sources.Cedt is not { } cedt)
        {
            return draft with { Registers = FreeRegisters(draft.Uid) };
        }

        int index = cedt.Bridges.FindIndex(record => record.Record.Uid == draft.Uid);
        if (index < 0)
        {
            return draft with { Registers = NextRegisters(), Chbs = new ChbsDescription(false, null, null, null, null) };
        }

        CedtChbs record = cedt.Bridges[index].Record;
        Hpa place = new(record.Base);
        bool isPlace = record.Base > 0 && place.IsAligned(new ByteSize(CedtChbs.ComponentLength)) && record.Base < (1UL << 52) - CedtChbs.ComponentLength;
        bool isTrue = isPlace && record is { CxlVersion: CedtChbs.VersionVh, Length: CedtChbs.ComponentLength };
        return draft with
        {
            Registers = isPlace ? place : NextRegisters(),
            Chbs = isTrue ? null : new ChbsDescription(true, null, record.CxlVersion, record.Base, record.Length),
        };
    }

    private Hpa NextRegisters()
    {
        Hpa place = _freeRegisters;
        _freeRegisters += new ByteSize(CedtChbs.ComponentLength);
        return place;
    }

    private Hpa FreeRegisters(uint uid)
    {
        Hpa place = NextRegisters();
        _findings.NotLearnt($"where the component registers of the CXL host bridge {uid} are is not in the capture: there is no CEDT; {place} is written");
        return place;
    }

    private void Add(BridgeDraft draft)
    {
        if (draft.Registers is not null && _bridges.Exists(bridge => bridge.Registers is not null && bridge.Uid == draft.Uid))
        {
            _findings.NotExpressed($"two CXL host bridges have the UID {draft.Uid}; the one at bus 0x{draft.Bus:x2} becomes a PCIe bridge");
            draft = draft with { Registers = null, Chbs = null };
        }

        byte? lastBus = draft.LastBus ?? (_sources.Log.Buses.TryGetValue((draft.Segment, draft.Bus), out byte last) ? last : (byte?)null);
        IReadOnlyList<AddressRange>? mmio = draft.Mmio ?? (_sources.Log.Mmio.TryGetValue((draft.Segment, draft.Bus), out List<AddressRange>? forwarded) ? forwarded : null);
        if (mmio is null && _sources.Iomem is { IsWhole: true } iomem)
        {
            string name = FormattableString.Invariant($"PCI Bus {draft.Segment:x4}:{draft.Bus:x2}");
            AddressRange[] ranges = [.. iomem.Top.Where(line => line.Name == name).Select(line => line.Range)];
            mmio = ranges.Length > 0 ? ranges : null;
        }

        _bridges.Add(draft with { LastBus = lastBus >= draft.Bus ? lastBus : null, Mmio = mmio });
    }

    private bool IsFree(ushort segment, byte bus) => !_bridges.Exists(bridge => bridge.Segment == segment && bridge.Bus == bus);

    private static bool IsWithin(BridgeDraft bridge, ushort segment, byte bus) => segment == bridge.Segment && bus >= bridge.Bus && bus <= (bridge.LastBus ?? bridge.Bus);

    /// <summary>Above every bus that is known in any segment, with some room below the end.</summary>
    private byte FreeBus()
    {
        int highest = _bridges.Select(bridge => (int)(bridge.LastBus ?? bridge.Bus)).Concat(_sources.Pci.All.Select(function => (int)function.Address.Bus)).Append(0).Max();
        return (byte)Math.Min(byte.MaxValue, highest + 0x10);
    }
}
