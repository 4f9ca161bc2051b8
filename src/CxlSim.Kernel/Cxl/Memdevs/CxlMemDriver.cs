using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Binds to memdevs: finds the way to the root, makes missing switch ports, adds the endpoint (<c>drivers/cxl/mem.c</c>).</summary>
public sealed class CxlMemDriver(CxlCore cxl) : Driver("cxl_mem")
{
    public override bool Matches(Device device) => device is CxlMemdev;

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlMemdev memdev = (CxlMemdev)device;
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_mem_probe", memdev.Name);
        cxl.Core.Milestone("MemdevProbe", memdev.Name);
        if (!memdev.IsMediaReady)
        {
            return Errno.EBUSY;
        }

        CxlMemdevDebug debug = new(memdev);
        cxl.Debug.Attach(debug);
        memdev.OnUnbind(() =>
        {
            cxl.Debug.Detach(debug);
            return SimTask.CompletedTask;
        });
        if (cxl.Core.ProbeDelay() is { Picoseconds: > 0 } delay)
        {
            await cxl.Core.Simulation.Delay(delay); // whoever has a name first need not have its port first
        }

        using SimMutex.Holder holder = await cxl.TopologyLock.LockAsync();
        if (await FindDportAsync(memdev) is not { } dport)
        {
            cxl.Core.Log.Error(memdev, "CXL port topology not found");
            return Errno.ENXIO;
        }

        if (!memdev.Partitions.Pmem.IsZero && !await AddNvdimmAsync(memdev, dport.Port.Root))
        {
            return Errno.ENODEV;
        }

        if (!(dport.IsRestricted ? dport.Port.Uport : dport.Port).IsBound)
        {
            cxl.Core.Log.Error(memdev, $"CXL port topology {dport.Port.Name} not enabled");
            return Errno.ENXIO;
        }

        return await AddEndpointAsync(memdev, dport);
    }

    /// <summary>A CXL 1.1 device stands at its host bridge itself; the way from others to the root is looked for, and completed.</summary>
    private async SimTask<CxlDport?> FindDportAsync(CxlMemdev memdev) =>
        memdev.IsRestricted ? (memdev.Host.Parent is Device hostBridge ? cxl.FindDport(hostBridge) : null)
        : CxlWay.Above(memdev.Host) is { } downstreamPort ? await EnsureDportAsync(memdev, downstreamPort)
        : null;

    /// <summary>False where no window allows persistent memory: then there is no bridge, and the whole device stays unused (<c>devm_cxl_add_nvdimm</c>).</summary>
    private async SimTask<bool> AddNvdimmAsync(CxlMemdev memdev, CxlPort root)
    {
        if (cxl.BridgeOf(root) is not { } bridge)
        {
            cxl.Core.Log.Info(memdev, "PMEM disabled by platform");
            return false;
        }

        CxlNvdimm nvdimm = new(memdev, bridge);
        memdev.Nvdimm = nvdimm;
        memdev.OnUnbind(async () =>
        {
            await cxl.Bus.RemoveAsync(nvdimm);
            memdev.Nvdimm = null;
        });
        await cxl.Bus.AddAsync(nvdimm, memdev);
        cxl.Core.Log.Debug(memdev, $"register {nvdimm.Name}");
        return true;
    }

    /// <summary>The dport that a root port or switch port is; a switch that nobody has met yet becomes a port first (<c>devm_cxl_enumerate_ports</c>).</summary>
    private async SimTask<CxlDport?> EnsureDportAsync(CxlMemdev memdev, Device downstreamPort)
    {
        cxl.Core.Log.Debug(memdev, $"scan: iter: {memdev.Name} dport_dev: {downstreamPort.Name} parent: {downstreamPort.Parent?.Name}");
        if (cxl.FindDport(downstreamPort) is { } known)
        {
            cxl.Core.Log.Debug(memdev, $"found already registered port {known.Port.Name}:{known.Port.Uport.Name}");
            return known;
        }

        CxlPort? port = downstreamPort.Parent is Device uport ? cxl.FindPort(uport) : null;
        if (port is null)
        {
            if (CxlWay.Above(downstreamPort) is not { } upstreamPort || CxlWay.Above(upstreamPort) is not { } above || await EnsureDportAsync(memdev, above) is not { } parent)
            {
                return null; // a root port whose host bridge is no port
            }

            port = new CxlPort(CxlPortKind.Switch, cxl.PortIds.Allocate(), upstreamPort, parent);
            await cxl.AddPortAsync(port, parent.Port, CxlWay.Components(cxl.Core, upstreamPort));
            cxl.Core.Log.Debug(upstreamPort, $"{port.Name} added to {parent.Port.Name}");
            cxl.Core.Log.Debug(memdev, $"add to new port {port.Name}:{upstreamPort.Name}");
        }

        return cxl.Core.Config.Has(KernelChange.DportsWithMemdevs) ? await SwitchPortSetup.AddOneAsync(cxl, port, downstreamPort) : port.FindDport(downstreamPort);
    }

    private async SimTask<Errno> AddEndpointAsync(CxlMemdev memdev, CxlDport dport)
    {
        if (dport.Components?.Ras is { } ras)
        {
            RegisterMap.Take(cxl.Core, memdev, ras, memdev.Name);
        }

        CxlPort endpoint = new(CxlPortKind.Endpoint, cxl.PortIds.Allocate(), memdev, dport) { Components = memdev.Components };
        memdev.Endpoint = endpoint;
        foreach (CxlPort port in dport.Port.UpToRoot())
        {
            port.Endpoints.Add(memdev);
        }

        memdev.OnUnbind(() => RemoveEndpointAsync(memdev, endpoint));
        await cxl.AddPortAsync(endpoint, dport.Port, registers: null);
        if (!endpoint.IsBound)
        {
            cxl.Core.Log.Error(endpoint, "failed probe");
            return Errno.ENXIO;
        }

        if (dport.IsRestricted)
        {
            dport.Port.Uport.OnUnbind(() => cxl.RemovePortAsync(endpoint)); // the root has no driver that would take it along
        }

        cxl.Core.Log.Debug(memdev, $"{endpoint.Name} added to {dport.Port.Name}");
        return Errno.Ok;
    }

    /// <summary>The endpoint goes, and with the last device below it a switch port (<c>cxl_detach_ep</c>).</summary>
    private async SimTask RemoveEndpointAsync(CxlMemdev memdev, CxlPort endpoint)
    {
        CxlPort[] above = [.. endpoint.ParentPort!.UpToRoot()];
        await cxl.RemovePortAsync(endpoint);
        memdev.Endpoint = null;
        foreach (CxlPort port in above.Where(port => !port.IsDead)) // those that go with the root know it no more
        {
            cxl.Core.Log.Debug(memdev, $"disconnect {memdev.Name} from {port.Name}");
            port.Endpoints.Remove(memdev);
            if (port.Endpoints.Count == 0 && port.ParentPort is { IsRoot: false })
            {
                await cxl.RemovePortAsync(port);
            }
        }
    }
}
