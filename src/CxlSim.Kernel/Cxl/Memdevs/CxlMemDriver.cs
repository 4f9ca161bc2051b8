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
        if (!memdev.IsMediaReady || memdev.IsDetaching)
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
    private async SimTask<CxlDport?> FindDportAsync(CxlMemdev memdev)
    {
        if (!memdev.IsRestricted && CxlWay.Above(memdev.Host) is { } downstreamPort)
        {
            return await EnsureDportAsync(memdev, downstreamPort);
        }

        CxlDport? found = memdev.IsRestricted && memdev.Host.Parent is Device hostBridge ? cxl.FindDport(hostBridge) : null;
        if (found is null)
        {
            cxl.Core.Log.Error(memdev, "CXL port topology not found");
        }

        return found;
    }

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

    /// <summary>The dport that a root port or switch port is; a switch that nobody has met yet becomes a port first, and the way is walked again (<c>devm_cxl_enumerate_ports</c>).</summary>
    private async SimTask<CxlDport?> EnsureDportAsync(CxlMemdev memdev, Device downstreamPort)
    {
        while (true)
        {
            (bool isOver, CxlDport? dport) = await WalkAsync(memdev, downstreamPort);
            if (isOver)
            {
                return dport;
            }
        }
    }

    /// <summary>From the device up to its host bridge. Over where all of the way is known or something cannot be had; not over where something was added.</summary>
    private async SimTask<(bool IsOver, CxlDport? Dport)> WalkAsync(CxlMemdev memdev, Device downstreamPort)
    {
        CxlDport? lowest = null;
        string below = memdev.Name;
        for (Device? at = downstreamPort; at is not null; (below, at) = (at.Name, PortOfSwitch(at)))
        {
            cxl.Core.Log.Debug(memdev, $"scan: iter: {below} dport_dev: {at.Name} parent: {at.Parent?.Name}");
            CxlDport? known = cxl.FindDport(at);
            CxlPort? port = known?.Port ?? PortAbove(at);
            bool comesLater = cxl.Core.Config.Has(KernelChange.DportsWithMemdevs);
            if (port is not null && (known is not null || comesLater))
            {
                cxl.Core.Log.Debug(memdev, $"found already registered port {port.Name}:{port.Uport.Name}");
            }

            lowest ??= known;
            if (known is not null)
            {
                continue;
            }

            if (comesLater)
            {
                return (await AddDportAsync(memdev, at) is null, null);
            }

            if (port is not null || PortOfSwitch(at) is not { } above)
            {
                return (true, SayRootDport(memdev, at));
            }

            if (cxl.FindDport(above) is not null)
            {
                return (await AddSwitchAsync(memdev, at) is null, null); // else the switch above this one comes first
            }
        }

        return (true, lowest);
    }

    /// <summary>The port above the switch that a downstream port belongs to; null for a root port.</summary>
    private static Device? PortOfSwitch(Device downstreamPort) => CxlWay.Above(downstreamPort) is { } upstreamPort ? CxlWay.Above(upstreamPort) : null;

    /// <summary>From 6.18 on: the dport of a port that is there, or of a switch that becomes one now.</summary>
    private async SimTask<CxlDport?> AddDportAsync(CxlMemdev memdev, Device downstreamPort)
    {
        CxlPort? port = PortAbove(downstreamPort) ?? await AddSwitchAsync(memdev, downstreamPort);
        return port is null ? SayRootDport(memdev, downstreamPort) : await SwitchPortSetup.AddOneAsync(cxl, port, downstreamPort);
    }

    private CxlPort? PortAbove(Device downstreamPort) => downstreamPort.Parent is Device uport ? cxl.FindPort(uport) : null;

    /// <summary>The port of the switch that a downstream port belongs to; null where it belongs to none, or the way above it ends.</summary>
    private async SimTask<CxlPort?> AddSwitchAsync(CxlMemdev memdev, Device downstreamPort)
    {
        bool comesLater = cxl.Core.Config.Has(KernelChange.DportsWithMemdevs);
        if (PortOfSwitch(downstreamPort) is not { } above || (cxl.FindDport(above) ?? (comesLater ? await AddDportAsync(memdev, above) : null)) is not { } parent)
        {
            return null;
        }

        Device upstreamPort = CxlWay.Above(downstreamPort)!;

        CxlPort port = new(CxlPortKind.Switch, cxl.PortIds.Allocate(), upstreamPort, parent);
        await cxl.AddPortAsync(port, parent.Port, CxlWay.Components(cxl.Core, upstreamPort));
        cxl.Core.Log.Debug(upstreamPort, $"{port.Name} added to {parent.Port.Name}");
        cxl.Core.Log.Debug(memdev, $"{(comesLater ? "created" : "add to new")} port {port.Name}:{upstreamPort.Name}");
        return port;
    }

    /// <summary>The way ends at a root port whose host bridge is no port, or has no driver.</summary>
    private CxlDport? SayRootDport(CxlMemdev memdev, Device downstreamPort)
    {
        if (CxlWay.Above(downstreamPort) is null)
        {
            cxl.Core.Log.Debug(memdev, $"{downstreamPort.Name} is a root dport");
        }

        return null;
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
