using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Binds to host bridges, switches and endpoints and enumerates their decoders (<c>drivers/cxl/port.c</c>).</summary>
public sealed class CxlPortDriver(LinuxKernel kernel) : Driver("cxl_port")
{
    public override bool Matches(Device device) => device is CxlPort { IsRoot: false };

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlPort port = (CxlPort)device;
        using FrameScope frame = kernel.Simulation.Enter(port.IsEndpoint ? "cxl_endpoint_port_probe" : "cxl_switch_port_probe", port.Name);
        kernel.Milestone("PortProbe", port.Name);
        Errno error = port.IsEndpoint ? await ProbeEndpointAsync(port) : await ProbeSwitchAsync(port);
        if (error == Errno.Ok && port.Uport is CxlMemdev memdev)
        {
            port.OnUnbind(() => ScheduleDetach(memdev));
        }

        port.OnUnbind(() => RemoveDecodersAsync(port));
        return error;
    }

    private async SimTask<Errno> ProbeSwitchAsync(CxlPort port)
    {
        if (port.Uport is PciDevice upstream)
        {
            port.Cdat = await CdatReader.ReadAsync(kernel, port, upstream);
        }

        foreach (PciDevice pci in DownstreamPorts(port))
        {
            port.AddDport(pci, pci.PortNumber, RegisterMap.FindBlock(pci, Dvsec.BlockComponent));
        }

        if (port.Dports.Count == 0)
        {
            return Errno.ENODEV;
        }

        CdatPerformance.ReadSwitch(kernel, port);
        Hpa? hdm = port.ComponentRegisters is { } registers ? RegisterMap.ProbeComponents(kernel.HostBus, registers).Hdm : null;
        if (hdm is null && port.Dports.Count == 1)
        {
            return await AddPassthroughAsync(port);
        }

        if (hdm is null || !MapDecoders(port, hdm.Value))
        {
            kernel.Log.Error(port, "HDM decoder capability not found");
            kernel.Findings.Report(KernelRules.PortWithoutDecoders, port.Place, $"no HDM decoders that can be mapped at {port.Name}");
            return Errno.ENXIO;
        }

        return await new DecoderEnumerator(kernel, port).RunAsync();
    }

    /// <summary>A bridge with a single root port needs no decoder: one object stands for it (<c>devm_cxl_add_passthrough_decoder</c>).</summary>
    private async SimTask<Errno> AddPassthroughAsync(CxlPort port)
    {
        CxlSwitchDecoder decoder = new(port, 0, maxTargets: 1, isPassthrough: true);
        decoder.Targets.Add(port.Dports[0]);
        port.Decoders.Add(decoder);
        await kernel.Cxl.Bus.AddAsync(decoder, port);
        kernel.Log.Debug(decoder, $"Added to port {port.Name}");
        return Errno.Ok;
    }

    private async SimTask<Errno> ProbeEndpointAsync(CxlPort port)
    {
        CxlMemdev memdev = (CxlMemdev)port.Uport;
        port.Cdat = await CdatReader.ReadAsync(kernel, port, memdev.Pci);
        CdatPerformance.ReadEndpoint(kernel, port);
        int dvsec = memdev.Pci.FindCxlDvsec(Dvsec.DeviceId);
        if (dvsec == 0 || (memdev.Pci.ReadConfig(dvsec + Dvsec.DeviceCapability, 2) & Dvsec.CapabilityMem) == 0)
        {
            kernel.Log.Error(port, "device is not capable of CXL.mem");
            kernel.Findings.Report(KernelRules.NoCxlMem, port.Place, $"{memdev.Name} without CXL.mem");
            return Errno.ENXIO;
        }

        Hpa? hdm = port.ComponentRegisters is { } registers ? RegisterMap.ProbeComponents(kernel.HostBus, registers).Hdm : null;
        if (hdm is null || !MapDecoders(port, hdm.Value))
        {
            kernel.Log.Error(port, "HDM decoder capability not found");
            kernel.Findings.Report(KernelRules.PortWithoutDecoders, port.Place, $"no HDM decoders that can be mapped at {port.Name}");
            return Errno.ENODEV;
        }

        if (!port.Hdm!.IsEnabled)
        {
            port.Hdm.Enable();
        }

        uint control = memdev.Pci.ReadConfig(dvsec + Dvsec.DeviceControl, 2);
        memdev.Pci.WriteConfig(dvsec + Dvsec.DeviceControl, 2, control | Dvsec.ControlMemEnable);
        Errno error = await new DecoderEnumerator(kernel, port).RunAsync();
        if (error != Errno.Ok)
        {
            return error;
        }

        foreach (CxlEndpointDecoder decoder in port.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder.IsEnabled && decoder.IsAuto).ToArray())
        {
            await AutoRegion.AddAsync(kernel, decoder); // a failure strands the memory, but not the endpoint
        }

        return Errno.Ok;
    }

    private bool MapDecoders(CxlPort port, Hpa registers)
    {
        HdmRegisters hdm = new(kernel.HostBus, registers);
        if (!RegisterMap.Take(kernel, port, hdm.Block, port.Name))
        {
            return false;
        }

        port.Hdm = hdm;
        return true;
    }

    private static IEnumerable<PciDevice> DownstreamPorts(CxlPort port) => port.Uport switch
    {
        PciHostBridge bridge => bridge.Functions.Where(pci => pci.ExpressType == PciCapability.ExpressTypeRootPort),
        PciDevice upstream => upstream.Functions.Where(pci => pci.ExpressType == PciCapability.ExpressTypeDownstreamPort),
        _ => [],
    };

    /// <summary>A memdev without its endpoint is none that cxl_mem could use: it loses that driver too, from a work queue (<c>schedule_cxl_memdev_detach</c>).</summary>
    private SimTask ScheduleDetach(CxlMemdev memdev)
    {
        kernel.Simulation.Spawn($"detach {memdev.Name}", () => kernel.Cxl.Bus.UnbindAsync(memdev));
        return SimTask.CompletedTask;
    }

    /// <summary>Ports below go first; endpoint decoders leave their regions, then all decoders go.</summary>
    private async SimTask RemoveDecodersAsync(CxlPort port)
    {
        foreach (CxlPort below in kernel.Cxl.Ports.Where(child => child.ParentPort == port).Reverse().ToArray())
        {
            await kernel.Cxl.RemovePortAsync(below);
        }

        foreach (CxlDecoder decoder in port.Decoders.AsEnumerable().Reverse().ToArray())
        {
            if (decoder is CxlEndpointDecoder { Region: { } region } member)
            {
                await region.DetachAsync(member);
            }

            await kernel.Cxl.Bus.RemoveAsync(decoder);
        }

        port.Decoders.Clear();
        port.CommitEnd = -1;
        port.HdmEnd = -1;
        port.Hdm = null;
        port.RemoveDports();
    }
}
