using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What the whole CXL subsystem shares: the bus, the numbers, the lock around regions (<c>drivers/cxl/core/port.c</c>).</summary>
public sealed class CxlCore
{
    /// <summary>Nodes for which a region was asked once (<c>nodemask_region_seen</c>, Linux 6.18).</summary>
    private readonly HashSet<int> _nodesSeen = [];

    internal CxlCore(KernelCore core, PciBus pci, Numa numa, Hmat hmat, Tracing tracing, CxlTraceEvents traceEvents)
    {
        Core = core;
        Pci = pci;
        Numa = numa;
        Hmat = hmat;
        Tracing = tracing;
        TraceEvents = traceEvents;
        Bus = new CxlBus(core);
        RegionLock = new SimMutex(core.Simulation);
        TopologyLock = new SimMutex(core.Simulation);
        Debug = core.Sysfs.Kernel.Directory("debug").Directory("cxl");
        Debug.Attach(new CxlMailboxDebug());
    }

    public Bus Bus { get; }

    internal KernelCore Core { get; }

    internal PciBus Pci { get; }

    internal Numa Numa { get; }

    internal Hmat Hmat { get; }

    internal Tracing Tracing { get; }

    /// <summary>What of CXL can be traced.</summary>
    internal CxlTraceEvents TraceEvents { get; }

    /// <summary>root, port and endpoint draw from one pool.</summary>
    public IdAllocator PortIds { get; } = new();

    public IdAllocator MemdevIds { get; } = new();

    public IdAllocator BridgeIds { get; } = new();

    /// <summary>It was said that caches are not invalidated: once is enough.</summary>
    internal bool BypassesInvalidation { get; set; }

    /// <summary>Regions share their numbers with hmem and nvdimm (<c>memregion_alloc</c>).</summary>
    public IdAllocator RegionIds { get; } = new();

    /// <summary>cxl_region_rwsem and cxl_dpa_rwsem: who changes what regions and decoders have of each other, commits or allocates DPA holds it.</summary>
    public SimMutex RegionLock { get; }

    /// <summary>Held while the way from a device to the root is looked for and completed.</summary>
    public SimMutex TopologyLock { get; }

    /// <summary>debugfs/cxl.</summary>
    public KObject Debug { get; }

    /// <summary>Kinds of poisoning in use of which the log has told (<c>dev_warn_once</c>).</summary>
    internal HashSet<MailboxOpcode> WarnedOf { get; } = [];

    public IEnumerable<CxlPort> Ports => Bus.Devices.OfType<CxlPort>();

    /// <summary>Regions that a driver has taken up: they speak for the memory of their node.</summary>
    public List<CxlRegion> Active { get; } = [];

    /// <summary>The throttling group that the platform answers for any speed, and the highest that it says it has; null where it gives none (<c>cxl_acpi_qos_class</c>).</summary>
    public (int Class, ulong Highest)? QosAnswer =>
        Root?.Uport.Links.GetValueOrDefault("firmware_node") is AcpiDevice { Node: var node }
        && node.Value("_DSM")?.Items is [{ Integer: { } highest }, { Items: [{ Integer: { } first }, ..] }]
        && first <= int.MaxValue
            ? ((int)first, highest)
            : null;

    /// <summary>The root of the machine's own tables; null where cxl_acpi has not made it.</summary>
    public CxlPort? Root => Ports.FirstOrDefault(port => port is { IsRoot: true, Uport: not CxlRootDevice });

    /// <summary>The way of a root to libnvdimm; null where no window of it allows persistent memory.</summary>
    public NvdimmBridge? BridgeOf(CxlPort root) => root.Children.Values.OfType<NvdimmBridge>().FirstOrDefault();

    /// <summary>Adds a host bridge, a switch or an endpoint below a port; the registers of the first two are looked through before (<c>devm_cxl_add_port</c>).</summary>
    public async SimTask AddPortAsync(CxlPort port, CxlPort parent, Hpa? registers)
    {
        Core.Log.Debug(port.Uport, $"host-bridge: {port.HostBridge.Name}");
        port.Bus = Bus;
        if (registers is { } block)
        {
            port.Components = RegisterMap.SetUpComponents(Core, port, block);
        }

        await Bus.AddAsync(port, parent);
    }

    /// <summary>Takes a port and all below it out of the topology, once (<c>unregister_port</c>).</summary>
    public async SimTask RemovePortAsync(CxlPort port)
    {
        if (port.IsDead)
        {
            return;
        }

        port.IsDead = true;
        await Bus.RemoveAsync(port);
        PortIds.Free(port.Id);
    }

    /// <summary>What CPUs reach of a node's memory through a region; null where no region lies there (<c>cxl_region_calculate_adistance</c>).</summary>
    public AccessCoordinates? CoordinatesOf(NumaNode node) => RegionOf(node)?.Coordinates[1];

    /// <summary>
    /// A node got its first memory: what the regions that lie there know of themselves, the node shows, and so does each of them from then on. From 6.18 on the node
    /// shows it only where it shows something already, and the first region alone is asked, once (<c>cxl_region_perf_attrs_callback</c>).
    /// </summary>
    public void NodeGainedMemory(NumaNode node)
    {
        foreach (CxlRegion region in RegionsOf(node))
        {
            if (Core.Config.Has(KernelChange.RegionSpeedsRenew) && !_nodesSeen.Add(node.Id))
            {
                return;
            }

            for (int access = 0; access < AccessCoordinates.Classes; access++)
            {
                if (region.Coordinates[access].ReadBandwidth != 0)
                {
                    Show(node, access, region.Coordinates[access]);
                    region.ShowsCoordinates = true;
                }
            }
        }
    }

    private void Show(NumaNode node, int access, AccessCoordinates coordinates)
    {
        if (Core.Config.Has(KernelChange.RegionSpeedsRenew))
        {
            node.UpdateAccess(access, coordinates);
        }
        else if (!node.HasRealDomain)
        {
            node.SetAccess(access, coordinates);
        }
        else
        {
            Hmat.Override(node, access, coordinates);
        }
    }

    private CxlRegion? RegionOf(NumaNode node) => RegionsOf(node).FirstOrDefault();

    private IEnumerable<CxlRegion> RegionsOf(NumaNode node) =>
        Active.Where(region => region.Resource is { } resource && Numa.TargetNode(resource.Range.Start) == node.Id);

    /// <summary>The downstream port that a device is, on whatever port.</summary>
    public CxlDport? FindDport(Device device) => Ports.Select(port => port.FindDport(device)).FirstOrDefault(dport => dport is not null);

    /// <summary>The switch or host bridge port whose upstream side is a device.</summary>
    public CxlPort? FindPort(Device uport) => Ports.FirstOrDefault(port => !port.IsEndpoint && port.Uport == uport);
}
