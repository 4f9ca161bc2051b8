using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Binds to host bridges, switches and endpoints and enumerates their decoders (<c>drivers/cxl/port.c</c>).</summary>
public sealed class CxlPortDriver(CxlCore cxl) : Driver("cxl_port")
{
    public override bool Matches(Device device) => device is CxlPort { IsRoot: false };

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        CxlPort port = (CxlPort)device;
        using FrameScope frame = cxl.Core.Simulation.Enter(port.IsEndpoint ? "cxl_endpoint_port_probe" : "cxl_switch_port_probe", port.Name);
        cxl.Core.Milestone("PortProbe", port.Name);
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
            port.Cdat = await CdatReader.ReadAsync(cxl.Core, port, upstream);
        }

        return cxl.Core.Config.Has(KernelChange.DportsWithMemdevs) ? Errno.Ok : await SwitchPortSetup.AddAllAsync(cxl, port);
    }

    private async SimTask<Errno> ProbeEndpointAsync(CxlPort port)
    {
        CxlMemdev memdev = (CxlMemdev)port.Uport;
        Errno error = DvsecInfo.Read(cxl.Core.Log, memdev, out DvsecInfo info);
        if (error != Errno.Ok)
        {
            cxl.Core.Log.Debug(port, "device is not capable of CXL.mem");
            cxl.Core.Findings.Report(KernelRules.NoCxlMem, port.Place, $"{memdev.Name} without CXL.mem");
            return error;
        }

        error = MapEndpoint(port, info);
        if (error != Errno.Ok)
        {
            return error;
        }

        // Firmware has set CXL.mem up and never enabled HDM decoding: then its ranges are the decoders (should_emulate_decoders, as 6.12.107 has it).
        bool byRanges = info.IsMemEnabled && port.Hdm is not { IsEnabled: true };
        port.Cdat = memdev.Pci is { } pci ? await CdatReader.ReadAsync(cxl.Core, port, pci) : null;
        CdatPerformance.ReadEndpoint(cxl, port);
        error = EnableDecoding(port, memdev, info);
        if (error == Errno.Ok)
        {
            error = byRanges ? await DvsecDecoders.AddAsync(cxl, port, info.Ranges) : await new DecoderEnumerator(cxl, port).RunAsync();
        }

        if (error != Errno.Ok)
        {
            return error;
        }

        foreach (CxlEndpointDecoder decoder in port.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder.IsEnabled && decoder.IsAuto).ToArray())
        {
            await AutoRegion.AddAsync(cxl, decoder); // a failure strands the memory, but not the endpoint
        }

        return Errno.Ok;
    }

    /// <summary>The HDM decoders; without any component registers the ranges have to do, if CXL.mem is on (<c>devm_cxl_setup_hdm</c>).</summary>
    private Errno MapEndpoint(CxlPort port, DvsecInfo info)
    {
        if (port.Components is null)
        {
            if (!info.IsMemEnabled)
            {
                cxl.Core.Log.Error(port, "no component registers, and CXL.mem is off");
            }

            return info.IsMemEnabled ? Errno.Ok : Errno.ENXIO;
        }

        if (port.Components.Hdm is not { } hdm || !port.TryMapDecoders(cxl.Core, hdm))
        {
            cxl.Core.Log.Error(port, "HDM decoder capability not found");
            cxl.Core.Findings.Report(KernelRules.PortWithoutDecoders, port.Place, $"no HDM decoders that can be mapped at {port.Name}");
            return Errno.ENODEV;
        }

        return Errno.Ok;
    }

    /// <summary>Switches on what is off, until the port loses its driver. Ranges that firmware left switched on have to lie where memory may be (<c>cxl_hdm_decode_init</c>).</summary>
    private Errno EnableDecoding(CxlPort port, CxlMemdev memdev, DvsecInfo info)
    {
        if (port.Hdm is { IsEnabled: false } hdm)
        {
            if (info.IsMemEnabled)
            {
                return AreRangesAllowed(port, info) ? Errno.Ok : Errno.ENXIO;
            }

            hdm.Enable();
            port.OnUnbind(() =>
            {
                hdm.Disable();
                return SimTask.CompletedTask;
            });
        }

        if (!info.IsMemEnabled && memdev.Pci is { } pci)
        {
            DvsecInfo.SetMem(pci, true);
            port.OnUnbind(() =>
            {
                DvsecInfo.SetMem(pci, false);
                return SimTask.CompletedTask;
            });
        }

        return Errno.Ok;
    }

    private bool AreRangesAllowed(CxlPort port, DvsecInfo info)
    {
        CxlRootDecoder[] windows = [.. port.Root.Decoders.OfType<CxlRootDecoder>().Where(window => window.Takes(DecoderMode.Ram))];
        if (info.Ranges.Any(range => windows.Any(window => window.Range!.Value.Contains(range))))
        {
            return true;
        }

        cxl.Core.Log.Error(port, "the DVSEC ranges lie outside the CXL windows of the platform");
        return false;
    }

    /// <summary>A memdev without its endpoint is none that cxl_mem could use: it loses that driver too, from a work queue (<c>schedule_cxl_memdev_detach</c>).</summary>
    /// <remarks>The work mostly begins before whoever took the endpoint goes on; of sixteen times that a real 6.12 was watched, five times after.</remarks>
    private SimTask ScheduleDetach(CxlMemdev memdev)
    {
        const int oneIn = 3;
        Simulation simulation = cxl.Core.Simulation;
        memdev.IsDetaching = simulation.Seed != 0 && simulation.Random.Next(oneIn) == 0;
        simulation.Spawn($"detach {memdev.Name}", async () =>
        {
            if (memdev.IsDetaching)
            {
                await simulation.Delay(SimDuration.Zero);
                memdev.IsDetaching = false;
            }

            await cxl.Bus.UnbindAsync(memdev);
        });
        return SimTask.CompletedTask;
    }

    /// <summary>Ports below go first; endpoint decoders leave their regions, then all decoders go.</summary>
    private async SimTask RemoveDecodersAsync(CxlPort port)
    {
        foreach (CxlPort below in cxl.Ports.Where(child => child.ParentPort == port).Reverse().ToArray())
        {
            await cxl.RemovePortAsync(below);
        }

        foreach (CxlDecoder decoder in port.Decoders.AsEnumerable().Reverse().ToArray())
        {
            if (decoder is CxlEndpointDecoder member)
            {
                await LeaveRegionAsync(member);
            }

            await cxl.Bus.RemoveAsync(decoder);
        }

        using SimMutex.Holder holder = await cxl.RegionLock.LockAsync();
        port.Decoders.Clear();
        port.CommitEnd = -1;
        port.HdmEnd = -1;
        port.Hdm = null;
        port.RemoveDports();
    }

    /// <summary>One that a region of firmware's only lists is taken off its list (<c>cxl_decoder_kill_region</c>).</summary>
    private async SimTask LeaveRegionAsync(CxlEndpointDecoder member)
    {
        using SimMutex.Holder holder = await cxl.RegionLock.LockAsync();
        if (member.Region is { } region)
        {
            await region.DetachAsync(member);
        }
        else
        {
            CxlRegion.CancelAuto(cxl, member);
        }
    }
}
