using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What the whole CXL subsystem shares: the bus, the numbers, the lock around regions (<c>drivers/cxl/core/port.c</c>).</summary>
public sealed class CxlCore
{
    public CxlCore(LinuxKernel kernel)
    {
        Bus = new Bus(kernel, "cxl");
        RegionLock = new SimMutex(kernel.Simulation);
        TopologyLock = new SimMutex(kernel.Simulation);
        Debug = kernel.Sysfs.Kernel.Directory("debug").Directory("cxl");
        Debug.Attach(new CxlMailboxDebug());
    }

    public Bus Bus { get; }

    /// <summary>root, port and endpoint draw from one pool.</summary>
    public IdAllocator PortIds { get; } = new();

    public IdAllocator MemdevIds { get; } = new();

    public IdAllocator BridgeIds { get; } = new();

    /// <summary>Regions share their numbers with hmem and nvdimm (<c>memregion_alloc</c>).</summary>
    public IdAllocator RegionIds { get; } = new();

    /// <summary>cxl_region_rwsem and cxl_dpa_rwsem: regions and DPA change under it.</summary>
    public SimMutex RegionLock { get; }

    /// <summary>Held while the way from a device to the root is looked for and completed.</summary>
    public SimMutex TopologyLock { get; }

    /// <summary>debugfs/cxl.</summary>
    public KObject Debug { get; }

    /// <summary>Kinds of poisoning in use of which the log has told (<c>dev_warn_once</c>).</summary>
    internal HashSet<MailboxOpcode> WarnedOf { get; } = [];

    public IEnumerable<CxlPort> Ports => Bus.Devices.OfType<CxlPort>();

    public CxlPort? Root => Ports.FirstOrDefault(port => port.IsRoot);

    /// <summary>The way to libnvdimm; null where no window allows persistent memory.</summary>
    public NvdimmBridge? Bridge => Bus.Devices.OfType<NvdimmBridge>().FirstOrDefault();

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

    /// <summary>The downstream port that a device is, on whatever port.</summary>
    public CxlDport? FindDport(Device device) => Ports.Select(port => port.FindDport(device)).FirstOrDefault(dport => dport is not null);

    /// <summary>The switch or host bridge port whose upstream side is a device.</summary>
    public CxlPort? FindPort(Device uport) => Ports.FirstOrDefault(port => !port.IsEndpoint && port.Uport == uport);
}
